import JSON

/// Says in words what a shape looks like.
struct DiscoverWords {
  private let types: DiscoverTypes

  init(_ types: DiscoverTypes) { self.types = types }

  func isNamed(_ shape: Shape) -> Bool { home(of: shape) != nil }

  /// The name of a type that has a section of its own, and the page where.
  private func home(of shape: Shape) -> (name: String, page: String)? {
    guard case .object = shape, let named = types.named(shape), let home = named.home else { return nil }
    return (named.name, "\(home).md")
  }

  /// A row for each member of an object and of the objects within it: its name, its type, what it is.
  func rows(within shape: Shape, ofParams isParams: Bool, below prefix: String = "") -> [[String]] {
    guard case .object(let properties) = shape else { return [] }
    return properties.flatMap { property in
      let name = prefix + property.name
      let needed = isParams && property.isRequired ? ", required" : ""
      return [["`\(name)`", type(property.shape) + needed, property.summary]]
        + inner(property.shape, ofParams: isParams, below: name)
    }
  }

  private func inner(_ shape: Shape, ofParams isParams: Bool, below name: String) -> [[String]] {
    switch shape {
    case .object where !isNamed(shape): rows(within: shape, ofParams: isParams, below: name + ".")
    case .nullable(let shape), .described(let shape, _): inner(shape, ofParams: isParams, below: name)
    case .array(let element, _), .rawList(let element, _): inner(element, ofParams: isParams, below: name + "[]")
    case .map(let element): inner(element, ofParams: isParams, below: name + ".*")
    case .union(let shapes): shapes.flatMap { inner($0, ofParams: isParams, below: name) }
    default: []
    }
  }

  func type(_ shape: Shape) -> String {
    if let home = home(of: shape) { return "[\(home.name)](\(home.page)#\(Discover.anchor(home.name)))" }
    return switch shape {
    case .any: "any value"
    case .null: "null"
    case .bool: "true or false"
    case .integer(let range): integer(range)
    case .number: "number"
    case .string(let rule): string(rule)
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .array(let element, let limit): "list of \(type(element))" + (limit.map { ", at most \($0)" } ?? "")
    case .rawList(let element, let limit): "list of \(type(element)), at most \(limit)"
    case .object: "object"
    case .map(let element): "object of \(type(element)) by name"
    case .raw(let limit): "object, at most \(limit / 1_024) KiB, kept as it is"
    case .nullable(let shape): type(shape) + " or null"
    case .union(let shapes): shapes.map(type).joined(separator: ", or ")
    case .described(let shape, let summary): "\(type(shape)) (\(summary))"
    }
  }

  private func integer(_ range: ClosedRange<Int>) -> String {
    // The width of a column is no news to anybody.
    range.upperBound >= Int(Int32.max)
      ? "integer from \(range.lowerBound)" : "integer, \(range.lowerBound) to \(range.upperBound)"
  }

  private func string(_ rule: Shape.StringRule) -> String {
    switch rule.format {
    case "uuid": return "UUID"
    case "date-time": return "time"
    case let format?:
      let bytes = rule.maximumBytes.map { ", at most \($0) bytes" } ?? ""
      return format + bytes
    case nil: break
    }
    let blank = rule.isNotBlank ? ", not blank" : ""
    if let bytes = rule.maximumBytes, rule.length == nil { return "string, at most \(bytes) bytes\(blank)" }
    guard let length = rule.length else { return "string" }
    return "string, \(length.lowerBound) to \(length.upperBound) characters\(blank)"
  }
}
