import Glibc
import JSON
import Postgres

/// What a long command notes beside its file, so that it can go on where it stopped, however that happened.
struct Journal {
  let path: String

  /// The numbers and texts that were noted last; nil where there is no journal.
  func read() throws -> (numbers: [String: Int], texts: [String: String])? {
    guard let bytes = readFile(path) else { return nil }
    guard let document = try? Document(bytes.span) else { throw Complaint("\(path) is no journal of deskpipe's") }
    var numbers: [String: Int] = [:]
    var texts: [String: String] = [:]
    document.withRoot { root in
      root.forEachMember { name, value in
        if let number = value.integer { numbers[name] = number }
        if let text = value.string { texts[name] = text }
      }
    }
    return (numbers, texts)
  }

  /// Replaces what was noted, whole or not at all.
  func write(numbers: [String: Int], texts: [String: String]) throws {
    let members =
      numbers.sorted { $0.key < $1.key }.map { "\(Line.quoted($0.key)):\($0.value)" }
      + texts.sorted { $0.key < $1.key }.map { "\(Line.quoted($0.key)):\(Line.quoted($0.value))" }
    try replaceFile(path, with: Array("{\(members.joined(separator: ","))}\n".utf8))
  }

  func remove() { _ = unsafe unlink(path) }
}
