/// What a JSON value looks like: the part of a `Schema` that can be shown to others.
///
/// Written out as JSON Schema (what drafts 7 and 2020-12 share) by `jsonSchema`; the same value checks what a client
/// sends and describes what a method answers.
public indirect enum Shape: Sendable, Equatable {
  case any
  case null
  case bool
  case integer(ClosedRange<Int>)
  case number
  case string(StringRule)
  case choice([String])
  case array(of: Shape, atMost: Int?)
  case object([Property])
  /// An object whose member names are the data.
  case map(of: Shape)
  /// An object whose own bytes are kept, at most so many of them.
  case raw(maximumBytes: Int)
  /// A list whose own bytes are kept, whatever its elements turn out to be.
  case rawList(of: Shape, atMost: Int)
  case nullable(Shape)
  case union([Shape])
  /// A shape with a sentence about it.
  case described(Shape, String)

  /// A member of an object.
  public struct Property: Sendable, Equatable {
    public let name: String
    public let shape: Shape
    public let isRequired: Bool
    public let summary: String

    public init(_ name: String, _ shape: Shape, isRequired: Bool = true, summary: String = "") {
      self.name = name
      self.shape = shape
      self.isRequired = isRequired
      self.summary = summary
    }
  }

  /// The limits of a string; lengths are in Unicode scalars, as in JSON Schema and PostgreSQL.
  public struct StringRule: Sendable, Equatable {
    public var length: ClosedRange<Int>?
    public var maximumBytes: Int?
    public var format: String?
    /// Whether white space alone is refused.
    public var isNotBlank = false

    public init(length: ClosedRange<Int>? = nil, maximumBytes: Int? = nil, format: String? = nil) {
      self.length = length
      self.maximumBytes = maximumBytes
      self.format = format
    }
  }
}

extension Shape {
  public static let text = Shape.string(StringRule())
  public static let uuid = Shape.string(StringRule(format: "uuid"))
  public static let time = Shape.string(StringRule(format: "date-time"))

  /// Of a string, the one that is not blank.
  var notBlank: Shape {
    guard case .string(var rule) = self else { preconditionFailure("only strings can be blank") }
    rule.isNotBlank = true
    return .string(rule)
  }

  /// The members of an object; none of anything else.
  public var properties: [Property] { if case .object(let properties) = self { properties } else { [] } }

  /// The pointers, within a value of this shape, of the members whose own bytes are kept.
  public func rawPointers(below pointer: String = "") -> [String] {
    switch self {
    case .raw: [pointer]
    case .object(let properties):
      properties.flatMap { $0.shape.rawPointers(below: pointer + "/" + $0.name) }
    case .nullable(let shape), .described(let shape, _): shape.rawPointers(below: pointer)
    case .union(let shapes): shapes.flatMap { $0.rawPointers(below: pointer) }
    default: []
    }
  }

  /// The same for the lists whose own bytes are kept, among an object's members.
  public func rawListPointers() -> [String] {
    properties.compactMap { if case .rawList = $0.shape { "/" + $0.name } else { nil } }
  }

  /// This shape as a JSON Schema, in compact JSON.
  public var jsonSchema: String { jsonSchema { _ in nil } }

  /// This shape as a JSON Schema, in compact JSON, in which some shapes are described elsewhere.
  ///
  /// - Parameters:
  ///   - isOpen: whether objects may have members that are not described, as answers of a newer version do.
  ///   - reference: the URI of the schema that stands for a shape (`$ref`); nil to write it out.
  public func jsonSchema(isOpen: Bool = false, reference: @escaping (Shape) -> String?) -> String {
    ShapeSchema(isOpen: isOpen, reference: reference).text(of: self)
  }
}

/// Writes shapes as JSON Schema, in what drafts 7 and 2020-12 have in common.
private struct ShapeSchema {
  let isOpen: Bool
  let reference: (Shape) -> String?

  func text(of shape: Shape, summary: String = "") -> String {
    var members = referred(shape, isDescribed: !summary.isEmpty) ?? members(of: shape)
    if !summary.isEmpty { members.insert(("description", Line.quoted(summary)), at: 0) }
    return "{" + members.map { "\(Line.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  /// In draft 7 whatever stands beside `$ref` is ignored.
  private func referred(_ shape: Shape, isDescribed: Bool) -> [(String, String)]? {
    reference(shape).map { uri in
      let reference = Line.quoted(uri)
      return isDescribed ? [("allOf", "[{\"$ref\":\(reference)}]")] : [("$ref", reference)]
    }
  }

  private func list(_ shapes: [Shape]) -> String { "[" + shapes.map { text(of: $0) }.joined(separator: ",") + "]" }

  private func members(of shape: Shape) -> [(String, String)] {
    switch shape {
    case .any: []
    case .null: [("type", "\"null\"")]
    case .bool: [("type", "\"boolean\"")]
    case .integer(let range):
      [("type", "\"integer\""), ("minimum", "\(range.lowerBound)"), ("maximum", "\(range.upperBound)")]
    case .number: [("type", "\"number\"")]
    case .string(let rule): [("type", "\"string\"")] + rule.members
    case .choice(let names):
      [("type", "\"string\""), ("enum", "[" + names.map(Line.quoted).joined(separator: ",") + "]")]
    case .rawList(let element, let limit): members(of: .array(of: element, atMost: limit))
    case .array(let element, let limit):
      [("type", "\"array\""), ("items", text(of: element))] + (limit.map { [("maxItems", "\($0)")] } ?? [])
    case .object(let properties): members(of: properties)
    case .map(let element): [("type", "\"object\""), ("additionalProperties", text(of: element))]
    case .raw: [("type", "\"object\"")]
    case .nullable(let shape): [("anyOf", list([shape, .null]))]
    case .union(let shapes): [("anyOf", list(shapes))]
    case .described(let shape, let summary):
      [("description", Line.quoted(summary))] + (referred(shape, isDescribed: true) ?? members(of: shape))
    }
  }

  private func members(of properties: [Shape.Property]) -> [(String, String)] {
    let required = properties.filter(\.isRequired).map { Line.quoted($0.name) }
    let described = properties.map { "\(Line.quoted($0.name)):\(text(of: $0.shape, summary: $0.summary))" }
    return [("type", "\"object\""), ("properties", "{" + described.joined(separator: ",") + "}")]
      + (required.isEmpty ? [] : [("required", "[" + required.joined(separator: ",") + "]")])
      + (isOpen ? [] : [("additionalProperties", "false")])
  }
}

extension Shape.StringRule {
  fileprivate var members: [(String, String)] {
    var members: [(String, String)] = []
    if let length {
      members.append(("minLength", "\(length.lowerBound)"))
      members.append(("maxLength", "\(length.upperBound)"))
    } else if let maximumBytes {
      members.append(("maxLength", "\(maximumBytes)"))
    }
    if let format { members.append(("format", Line.quoted(format))) }
    if isNotBlank { members.append(("pattern", Line.quoted("\\S"))) }
    return members
  }
}
