/// What a JSON value looks like: the part of a `Schema` that can be shown to others.
///
/// Written out as JSON Schema (draft 2020-12) by `jsonSchema`; the same value checks what a client sends and
/// describes what a method answers.
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

  /// This shape as a JSON Schema, in compact JSON.
  public var jsonSchema: String { jsonSchema { _ in nil } }

  /// This shape as a JSON Schema, in compact JSON, in which some shapes are described elsewhere.
  ///
  /// - Parameter reference: the URI of the schema that stands for a shape (`$ref`); nil to write it out.
  public func jsonSchema(reference: (Shape) -> String?) -> String { schema(summary: "", reference) }

  private func schema(summary: String, _ reference: (Shape) -> String?) -> String {
    var members = reference(self).map { [("$ref", Line.quoted($0))] } ?? members(reference)
    if !summary.isEmpty { members.insert(("description", Line.quoted(summary)), at: 0) }
    return "{" + members.map { "\(Line.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  private func members(_ reference: (Shape) -> String?) -> [(String, String)] {
    switch self {
    case .any: []
    case .null: [("type", "\"null\"")]
    case .bool: [("type", "\"boolean\"")]
    case .integer(let range):
      [("type", "\"integer\""), ("minimum", "\(range.lowerBound)"), ("maximum", "\(range.upperBound)")]
    case .number: [("type", "\"number\"")]
    case .string(let rule): [("type", "\"string\"")] + rule.members
    case .choice(let names):
      [("type", "\"string\""), ("enum", "[" + names.map(Line.quoted).joined(separator: ",") + "]")]
    case .array(let element, let limit):
      [("type", "\"array\""), ("items", element.jsonSchema(reference: reference))]
        + (limit.map { [("maxItems", "\($0)")] } ?? [])
    case .object(let properties): Self.members(of: properties, reference)
    case .map(let element):
      [("type", "\"object\""), ("additionalProperties", element.jsonSchema(reference: reference))]
    case .raw: [("type", "\"object\"")]
    case .nullable(let shape): [("anyOf", "[\(shape.jsonSchema(reference: reference)),{\"type\":\"null\"}]")]
    case .union(let shapes):
      [("anyOf", "[" + shapes.map { $0.jsonSchema(reference: reference) }.joined(separator: ",") + "]")]
    case .described(let shape, let summary): [("description", Line.quoted(summary))] + shape.members(reference)
    }
  }

  private static func members(
    of properties: [Property], _ reference: (Shape) -> String?
  ) -> [(String, String)] {
    let required = properties.filter(\.isRequired).map { Line.quoted($0.name) }
    let described = properties.map { "\(Line.quoted($0.name)):\($0.shape.schema(summary: $0.summary, reference))" }
    return [("type", "\"object\""), ("properties", "{" + described.joined(separator: ",") + "}")]
      + (required.isEmpty ? [] : [("required", "[" + required.joined(separator: ",") + "]")])
      + [("additionalProperties", "false")]
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
    return members
  }
}
