/// What a client written for one OpenRPC document would stumble over in another; protocol/CHANGELOG.md has the rule
/// in words.
struct Compatibility {
  private let old: JSONTree
  private let new: JSONTree
  private var complaints: [String] = []

  static func complaints(from old: JSONTree, to new: JSONTree) -> [String] {
    if major(of: old) != major(of: new) { return [] }
    var check = Compatibility(old: old, new: new)
    check.compareMethods()
    check.compareErrors()
    check.compareNotifications()
    return check.complaints
  }

  static func major(of document: JSONTree) -> String {
    String((document["info"]?["version"]?.string ?? "").prefix { $0 != "." })
  }

  private init(old: JSONTree, new: JSONTree) {
    self.old = old
    self.new = new
  }

  private mutating func compareMethods() {
    for (name, before) in Self.named(old["methods"]) {
      guard let after = Self.named(new["methods"])[name] else {
        complaints.append("\(name) is gone")
        continue
      }
      compareParams(name, before["params"], after["params"])
      compareResults(name + " result", before["result"]?["schema"], after["result"]?["schema"])
      let kinds = [before, after].map { ($0["errors"]?.elements ?? []).compactMap { $0["$ref"]?.string } }
      for kind in kinds[0] where !kinds[1].contains(kind) { complaints.append("\(name): the error \(kind) is gone") }
      for (member, order) in [("x-access", ["open", "read", "write", "admin"]), ("x-effect", effects)] {
        let ranks = [before, after].map { order.firstIndex(of: $0[member]?.string ?? "") }
        guard let was = ranks[0] else { continue }
        // A word that nobody knows yet may ask for anything.
        if ranks[1].map({ was < $0 }) ?? true {
          complaints.append("\(name): \(member) is \(after[member]?.string ?? "gone")")
        }
      }
    }
  }

  private let effects = ["read", "internal", "customer-visible", "destructive"]

  private mutating func compareErrors() {
    for (kind, before) in old["components"]?["errors"]?.members ?? [:] {
      let after = new["components"]?["errors"]?[kind]
      if after?["code"] != before["code"] { complaints.append("the error \(kind) is gone or has another code") }
    }
  }

  private mutating func compareNotifications() {
    for (name, before) in Self.named(old["x-notifications"]) {
      guard let after = Self.named(new["x-notifications"])[name], after["sender"] == before["sender"] else {
        complaints.append("\(name) is gone")
        continue
      }
      if before["sender"]?.string == "client" {
        compareParams(name, before["params"], after["params"])
        continue
      }
      let now = Self.named(after["params"])
      for (member, descriptor) in Self.named(before["params"]) {
        let path = "\(name) \(member)"
        guard let other = now[member] else {
          complaints.append("\(path) is gone")
          continue
        }
        compareResults(path, descriptor["schema"], other["schema"])
        if descriptor["required"] == .bool(true), other["required"] != .bool(true) {
          complaints.append("\(path) may be left out")
        }
      }
    }
  }

  private mutating func compareParams(_ name: String, _ before: JSONTree?, _ after: JSONTree?) {
    let (was, now) = (Self.named(before, in: old), Self.named(after, in: new))
    for (param, descriptor) in was {
      guard let other = now[param] else {
        complaints.append("\(name): \(param) is gone")
        continue
      }
      let check = SchemaCompatibility(inner: old, outer: new, isAnswer: false)
      if let why = check.complaint(descriptor["schema"], within: other["schema"]) {
        complaints.append("\(name): \(param)\(why)")
      }
    }
    for (param, descriptor) in now where descriptor["required"] == .bool(true) {
      if was[param]?["required"] != .bool(true) { complaints.append("\(name): \(param) is required") }
    }
  }

  private mutating func compareResults(_ path: String, _ before: JSONTree?, _ after: JSONTree?) {
    let check = SchemaCompatibility(inner: new, outer: old, isAnswer: true)
    if let why = check.complaint(after, within: before) { complaints.append(path + why) }
  }

  /// A list by its elements' names; what the document describes elsewhere is looked up there.
  private static func named(_ list: JSONTree?, in document: JSONTree? = nil) -> [String: JSONTree] {
    let elements = (list?.elements ?? []).map { element in
      element["$ref"]?.string?.split(separator: "/").dropFirst().reduce(document) { $0?[String($1)] } ?? element
    }
    return Dictionary(elements.map { ($0["name"]?.string ?? "", $0) }) { first, _ in first }
  }
}

/// Whether every value of one schema is one of another: what a client may send must still be taken, what it is
/// answered must still be what it was promised. Answers may grow: members, words of an enumeration, limits.
struct SchemaCompatibility {
  /// The documents that the schemas' references are looked up in.
  let inner: JSONTree
  let outer: JSONTree
  let isAnswer: Bool

  /// Why not, after a path; nil where all is well.
  func complaint(_ one: JSONTree?, within other: JSONTree?, at path: String = "") -> String? {
    let a = resolved(one, in: inner)
    let b = resolved(other, in: outer)
    if let choices = a["anyOf"]?.elements {
      return choices.lazy.compactMap { complaint($0, within: other, at: path) }.first
    }
    if let choices = b["anyOf"]?.elements {
      let said = choices.map { complaint(one, within: $0, at: path) }
      return said.contains(nil) ? nil : said.first ?? nil
    }
    guard let type = b["type"]?.string else { return nil }
    guard let mine = a["type"]?.string, mine == type || (mine, type) == ("integer", "number") else {
      return "\(path) is \(a["type"]?.string ?? "anything") here and \(type) there"
    }
    if let format = b["format"], a["format"] != format { return "\(path) has another format" }
    if let words = b["enum"]?.elements {
      guard let mine = a["enum"]?.elements else { return "\(path) is any string here and a word there" }
      if !isAnswer, let lost = mine.first(where: { !words.contains($0) }) { return "\(path) has lost \(lost.json)" }
    }
    return limits(a, b, path) ?? array(a, b, path) ?? object(a, b, path)
  }

  private func limits(_ a: JSONTree, _ b: JSONTree, _ path: String) -> String? {
    if isAnswer { return nil }
    for name in ["maxLength", "maximum", "maxItems"] {
      if let limit = b[name]?.integer, a[name]?.integer ?? .max > limit { return "\(path) has a lower \(name)" }
    }
    for name in ["minLength", "minimum"] {
      if let limit = b[name]?.integer, a[name]?.integer ?? .min < limit { return "\(path) has a higher \(name)" }
    }
    if let pattern = b["pattern"], a["pattern"] != pattern { return "\(path) has another pattern" }
    return nil
  }

  private func array(_ a: JSONTree, _ b: JSONTree, _ path: String) -> String? {
    guard let items = b["items"] else { return nil }
    return complaint(a["items"] ?? .object([:]), within: items, at: path + "[]")
  }

  private func object(_ a: JSONTree, _ b: JSONTree, _ path: String) -> String? {
    let (mine, theirs) = (a["properties"]?.members ?? [:], b["properties"]?.members ?? [:])
    let (always, needed) = ([a, b].map { Set(($0["required"]?.elements ?? []).compactMap(\.string)) }).pair
    for (name, schema) in theirs {
      guard let member = mine[name] else {
        if isAnswer || needed.contains(name) { return "\(path)/\(name) is \(isAnswer ? "gone" : "required")" }
        continue
      }
      if let said = complaint(member, within: schema, at: "\(path)/\(name)") { return said }
      if needed.contains(name), !always.contains(name) {
        return "\(path)/\(name) \(isAnswer ? "may be left out" : "is required")"
      }
    }
    if case .object? = b["additionalProperties"] {
      return complaint(a["additionalProperties"] ?? .object([:]), within: b["additionalProperties"], at: path + "/*")
    }
    guard !isAnswer, b["additionalProperties"] == .bool(false) else { return nil }
    if a["additionalProperties"] != .bool(false) { return "\(path) has no free members any more" }
    return mine.keys.first { theirs[$0] == nil }.map { "\(path)/\($0) is gone" }
  }

  private func resolved(_ schema: JSONTree?, in document: JSONTree) -> JSONTree {
    guard let schema else { return .object([:]) }
    if let name = schema["$ref"]?.string?.split(separator: "/").last {
      return resolved(document["components"]?["schemas"]?[String(name)], in: document)
    }
    if let only = schema["allOf"]?[0] { return resolved(only, in: document) }
    return schema
  }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
