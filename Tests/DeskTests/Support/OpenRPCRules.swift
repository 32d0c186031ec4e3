import JSON

@testable import Desk

/// The meta-schema of OpenRPC 1.3 and what its text asks beyond that, as shapes; answers every complaint about a
/// document.
enum OpenRPCRules {
  static func complaints(about document: JSONTree) -> [String] {
    let plain = document.withoutExtensions
    var all = [complaint(about: plain, as: root)].compactMap { $0 }
    let methods = plain["methods"]?.elements ?? []
    let names = methods.compactMap { $0["name"]?.string }
    all += repeated(names).map { "method \($0) twice" }
    for (method, name) in zip(methods, names) {
      let params = method["params"]?.elements ?? []
      all += repeated(params.compactMap { $0["name"]?.string }).map { "\(name): parameter \($0) twice" }
      let needs = params.map { $0["required"] == .bool(true) }
      let sorted = needs.filter(\.self) + needs.filter { !$0 }
      if needs != sorted { all.append("\(name): a required parameter comes late") }
    }
    document.forEachObject(at: "") { path, members in
      guard case .string(let reference)? = members["$ref"] else { return }
      if members.count != 1 { all.append("\(path): members beside $ref") }
      let steps = reference.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let target = steps.dropFirst().reduce(Optional(document)) { $0?[$1] }
      if steps.first != "#" || target == nil { all.append("\(path): \(reference) leads nowhere") }
    }
    return all + document.schemas.flatMap { SchemaRules.complaints(about: $1, at: $0) }
  }

  private static func repeated(_ names: [String]) -> [String] {
    Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.map(\.key)
  }

  private static func optional(_ name: String, _ shape: Shape) -> Shape.Property {
    .init(name, shape, isRequired: false)
  }

  /// What may stand in for an object.
  private static func referable(_ shape: Shape) -> Shape { .union([.object([.init("$ref", .text)]), shape]) }

  private static func list(_ shape: Shape) -> Shape { .array(of: referable(shape), atMost: nil) }

  private static let name = Shape.string(.init(length: 1...Int(Int32.max)))
  private static let info = Shape.object([
    .init("title", .text), .init("version", .text), optional("description", .text), optional("termsOfService", .text),
    optional("contact", .object(["name", "email", "url"].map { optional($0, .text) })),
    optional("license", .object(["name", "url"].map { optional($0, .text) })),
  ])
  private static let documentation = Shape.object([.init("url", .text), optional("description", .text)])
  private static let tag = Shape.object([
    .init("name", name), optional("description", .text), optional("externalDocs", documentation),
  ])
  private static let descriptor = Shape.object([
    .init("name", name), .init("schema", schema), optional("description", .text), optional("summary", .text),
    optional("required", .bool), optional("deprecated", .bool),
  ])
  private static let schema = Shape.union([.bool, .map(of: .any)])
  private static let error = Shape.object([
    .init("code", .integer(Int.min...Int.max)), .init("message", .text), optional("data", .any),
  ])
  private static let example = Shape.object([
    .init("name", name), .init("value", .any), optional("summary", .text), optional("description", .text),
  ])
  private static let pairing = Shape.object([
    .init("name", name), .init("params", list(example)), optional("result", referable(example)),
    optional("description", .text),
  ])
  private static let method = Shape.object([
    .init("name", name), .init("params", list(descriptor)), optional("result", referable(descriptor)),
    optional("description", .text), optional("summary", .text), optional("tags", list(tag)),
    optional("paramStructure", .choice(["by-position", "by-name", "either"])), optional("errors", list(error)),
    optional("examples", list(pairing)), optional("deprecated", .bool), optional("externalDocs", documentation),
  ])
  private static let components = Shape.object([
    optional("schemas", .map(of: schema)), optional("errors", .map(of: error)),
    optional("examples", .map(of: example)), optional("examplePairings", .map(of: pairing)),
    optional("contentDescriptors", .map(of: descriptor)), optional("tags", .map(of: tag)),
  ])
  private static let root = Shape.object([
    .init("openrpc", .choice(["1.3.0", "1.3.1", "1.3.2"])), .init("info", info), .init("methods", list(method)),
    optional("components", components), optional("externalDocs", documentation),
  ])
}

/// What JSON Schema's drafts 7 and 2020-12 have in common, as far as it is used; anything else is a complaint.
enum SchemaRules {
  static func complaints(about schema: JSONTree, at path: String) -> [String] {
    guard let members = schema.members else { return ["\(path): no object"] }
    if members["$ref"] != nil { return [] }
    var all = members.keys.filter { !known.contains($0) }.map { "\(path): \($0)" }
    for (name, shape) in rules {
      if let value = members[name], let said = complaint(about: value, as: shape, at: path + "/" + name) {
        all.append(said)
      }
    }
    for name in ["items", "additionalProperties"] {
      if let inner = members[name], case .object = inner { all += complaints(about: inner, at: path + "/" + name) }
    }
    for (name, inner) in members["properties"]?.members ?? [:] {
      all += complaints(about: inner, at: path + "/" + name)
    }
    for (index, inner) in ((members["anyOf"] ?? members["allOf"])?.elements ?? []).enumerated() {
      all += complaints(about: inner, at: "\(path)/\(index)")
    }
    let required = members["required"]?.elements?.compactMap(\.string) ?? []
    let named = Set((members["properties"]?.members ?? [:]).keys)
    return all + required.filter { !named.contains($0) }.map { "\(path): \($0) is required but not described" }
  }

  private static let count = Shape.integer(0...Int.max)
  private static let schemas = Shape.array(of: .map(of: .any), atMost: nil)
  private static let rules: [(String, Shape)] = [
    ("type", .choice(["null", "boolean", "integer", "number", "string", "array", "object"])),
    ("description", .text), ("enum", .array(of: .text, atMost: nil)), ("format", .text),
    ("pattern", .text),
    ("minimum", .integer(Int.min...Int.max)), ("maximum", .integer(Int.min...Int.max)),
    ("minLength", count), ("maxLength", count), ("maxItems", count), ("items", .map(of: .any)),
    ("properties", .map(of: .map(of: .any))), ("required", .array(of: .text, atMost: nil)),
    ("additionalProperties", .union([.bool, .map(of: .any)])), ("anyOf", schemas), ("allOf", schemas),
  ]
  private static let known = Set(rules.map(\.0))
}

extension JSONTree {
  /// This value without members that begin with `x-`, which are nobody's but ours, except in examples and schemas.
  fileprivate var withoutExtensions: JSONTree {
    switch self {
    case .object(let members):
      let rest = members.filter { !$0.key.hasPrefix("x-") }
      return .object(
        Dictionary(
          uniqueKeysWithValues: rest.map {
            ($0.key, ["value", "schema", "schemas"].contains($0.key) ? $0.value : $0.value.withoutExtensions)
          }))
    case .array(let elements): return .array(elements.map(\.withoutExtensions))
    default: return self
    }
  }

  fileprivate func forEachObject(at path: String, _ body: (String, [String: JSONTree]) -> Void) {
    switch self {
    case .object(let members):
      body(path, members)
      for (name, value) in members where name != "value" { value.forEachObject(at: path + "/" + name, body) }
    case .array(let elements):
      for (index, value) in elements.enumerated() { value.forEachObject(at: "\(path)/\(index)", body) }
    default: break
    }
  }

  /// Every schema of a document, with where it is.
  fileprivate var schemas: [(String, JSONTree)] {
    var all: [(String, JSONTree)] = (self["components"]?["schemas"]?.members ?? [:]).map { ($0.key, $0.value) }
    for (name, descriptor) in self["components"]?["contentDescriptors"]?.members ?? [:] {
      all.append((name, descriptor["schema"] ?? .null))
    }
    for method in (self["methods"]?.elements ?? []) + (self["x-notifications"]?.elements ?? []) {
      let name = method["name"]?.string ?? ""
      let described = (method["params"]?.elements ?? []) + [method["result"]].compactMap { $0 }
      for descriptor in described where descriptor["$ref"] == nil {
        all.append(("\(name) \(descriptor["name"]?.string ?? "")", descriptor["schema"] ?? .null))
      }
    }
    return all
  }
}
