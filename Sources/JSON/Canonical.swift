/// An object in a form that neither white space nor the order of members changes, for comparing what two calls ask.
public struct Canonical: Sendable {
  /// The members by name, as compact JSON; raw members are empty in it.
  public let text: String
  /// The raw members, each a pair of its pointer and itself, as one JSON array; nil where there are none. What is in
  /// them is as it came in, since no JSON library keeps every number: jsonb does.
  public let raws: String?

  /// - Parameter names: members of the object that do not count.
  public init(_ object: borrowing Value, at place: Place, without names: [String]) {
    var members: [(name: String, json: String)] = []
    object.forEachMember { name, value in
      if !names.contains(name) { members.append((name, value.sortedJSON)) }
    }
    members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let base = place.pointer
    var pairs: [String] = []
    for (pointer, raw) in place.raws.sorted(by: { $0.key < $1.key }) where pointer.hasPrefix(base + "/") {
      let name = Line.quoted(String(pointer.dropFirst(base.count)))
      // jsonb takes no U+0000: such a text is compared as it is.
      if raw.hasNUL {
        members.append((pointer, Line.quoted(raw.text)))
      } else {
        pairs.append("[\(name),\(raw.text)]")
      }
    }
    text = "{" + members.map { "\(Line.quoted($0.name)):\($0.json)" }.joined(separator: ",") + "}"
    raws = pairs.isEmpty ? nil : "[" + pairs.joined(separator: ",") + "]"
  }
}
