import JSON

@testable import Desk

/// Checks a value against a shape, as a client with the published schema would; answers the first complaint.
func complaint(about value: JSONTree, as shape: Shape, at path: String = "") -> String? {
  switch (shape, value) {
  case (.any, _), (.null, .null), (.bool, .bool), (.number, .number), (.raw, .object), (.rawList, .array): return nil
  case (.described(let inner, _), _): return complaint(about: value, as: inner, at: path)
  case (.nullable, .null): return nil
  case (.nullable(let inner), _): return complaint(about: value, as: inner, at: path)
  case (.union(let shapes), _):
    let complaints = shapes.compactMap { complaint(about: value, as: $0, at: path) }
    return complaints.count == shapes.count ? complaints.last : nil
  case (.integer(let range), .number(let text)):
    return Int(text).map(range.contains) == true ? nil : "\(path): \(text) is not an integer in \(range)"
  case (.choice(let names), .string(let string)):
    return names.contains(string) ? nil : "\(path): \(string) is none of \(names)"
  case (.string(let rule), .string(let string)): return complaint(about: string, as: rule, at: path)
  case (.array(let element, let limit), .array(let elements)):
    if let limit, elements.count > limit { return "\(path): \(elements.count) elements" }
    for (index, one) in elements.enumerated() {
      if let complaint = complaint(about: one, as: element, at: "\(path)/\(index)") { return complaint }
    }
    return nil
  case (.map(let element), .object(let members)):
    return members.lazy.compactMap { complaint(about: $1, as: element, at: "\(path)/\($0)") }.first
  case (.object(let properties), .object(let members)):
    for property in properties {
      guard let member = members[property.name] else {
        if property.isRequired { return "\(path)/\(property.name): missing" }
        continue
      }
      if let complaint = complaint(about: member, as: property.shape, at: "\(path)/\(property.name)") {
        return complaint
      }
    }
    let known = Set(properties.map(\.name))
    return members.keys.first { !known.contains($0) }.map { "\(path)/\($0): unknown" }
  default: return "\(path): \(value.json.prefix(60)) is no \(shape)"
  }
}

private func complaint(about string: String, as rule: Shape.StringRule, at path: String) -> String? {
  if let length = rule.length, !length.contains(string.unicodeScalars.count) { return "\(path): length" }
  if let bytes = rule.maximumBytes, string.utf8.count > bytes { return "\(path): size" }
  if rule.isNotBlank, string.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return "\(path): blank" }
  let place = Place.root()
  switch rule.format {
  case "uuid": return isFine(Schema<String>.uuid, string, place) ? nil : "\(path): \(string) is no UUID"
  case "date": return isFine(Schema<String>.date, string, place) ? nil : "\(path): \(string) is no date"
  case "date-time": return isFine(Schema<String>.time, string, place) ? nil : "\(path): \(string) is no time"
  default: return nil
  }
}

private func isFine(_ schema: Schema<String>, _ string: String, _ place: Place) -> Bool {
  (try? schema.decode(Line.quoted(string))) != nil
}
