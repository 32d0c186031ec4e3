import Desk
import JSON

/// What a shell may complete of `deskpipe call METHOD name=value ...`, from the table of methods.
enum CallCompletion {
  static func methods() -> [String] { Methods.all.map(\.name).sorted() }

  /// - Parameters:
  ///   - words: all of the command line.
  ///   - index: the word that is completed.
  static func parameters(_ words: [String], _ index: Int) -> [String] {
    guard let call = words.firstIndex(of: "call"),
      let method = words[(call + 1)...].first(where: { word in Methods.all.contains { $0.name == word } })
    else { return [] }
    let word = words.indices.contains(index) ? words[index] : ""
    let parameters = CallParameters(method)
    guard let equals = word.firstIndex(of: "=") else {
      let given = Set(words.map { $0.prefix { $0 != "=" && $0 != ":" } })
      return names(method).filter { !given.contains($0[...]) }.map { $0 + "=" }
    }
    let name = String(word[..<equals])
    var found: [String] = []
    for value in values(parameters.shape(of: name.split(separator: ".").map(String.init))) where !found.contains(value)
    {
      found.append(value)
    }
    return found.map { "\(name)=\($0)" }
  }

  private static func names(_ method: String) -> [String] {
    guard let method = Methods.all.first(where: { $0.name == method }) else { return [] }
    return method.params.properties.flatMap { member in
      let inner = CallParameters.plain(member.shape).properties
      return inner.isEmpty ? [member.name] : inner.map { "\(member.name).\($0.name)" }
    } + method.commonMembers
  }

  /// The words of a choice.
  private static func values(_ shape: Shape) -> [String] {
    switch CallParameters.plain(shape) {
    case .choice(let words): words
    case .bool: ["true", "false"]
    case .array(let element, _): values(element)
    case .union(let shapes): shapes.flatMap(values)
    default: []
    }
  }
}
