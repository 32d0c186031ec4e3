/// Where in the parameters a value stands, so that a fault can name it.
///
/// Nothing is composed until `pointer` is read: naming the place of a valid value would cost more than decoding it.
public struct Place: Sendable {
  /// The members whose own bytes were kept, by their pointers.
  let raws: [String: Scanner.Raw]
  /// Members of the whole that every call may carry and that are read elsewhere.
  private let common: [String]
  private let parent: String
  private let name: String
  private let part: Part?

  /// What holds within a part that is read like a whole of its own.
  private final class Part: Sendable {
    let pointer: String
    let common: [String]
    let results: [Int: String]

    init(pointer: String, common: [String], results: [Int: String]) {
      self.pointer = pointer
      self.common = common
      self.results = results
    }
  }

  private init(raws: [String: Scanner.Raw], common: [String], parent: String, name: String, part: Part? = nil) {
    self.raws = raws
    self.common = common
    self.parent = parent
    self.name = name
    self.part = part
  }

  /// The whole of the parameters.
  ///
  /// `common` names the members that belong to every call, such as `session`, which no schema lists.
  public static func root(keeping raws: [Scanner.Raw] = [], common: [String] = []) -> Place {
    let byPointer =
      raws.isEmpty ? [:] : Dictionary(raws.map { ($0.pointer, $0) }, uniquingKeysWith: { $1 })
    return Place(raws: byPointer, common: common, parent: "", name: "")
  }

  /// The members that may stand here although the schema has none of their name.
  var commonMembers: [String] {
    if let part { return name.isEmpty && parent == part.pointer ? part.common : [] }
    return parent.isEmpty && name.isEmpty ? common : []
  }

  /// The JSON pointer (RFC 6901); empty for the whole.
  public var pointer: String {
    name.isEmpty ? parent : parent + "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  /// The place that members of this value are named below.
  @usableFromInline func opened() -> Place {
    name.isEmpty ? self : Place(raws: raws, common: common, parent: pointer, name: "", part: part)
  }

  /// A member of an opened place.
  @usableFromInline func member(_ name: String) -> Place {
    Place(raws: raws, common: common, parent: parent, name: name, part: part)
  }

  /// A part of the whole that is read like a whole of its own.
  ///
  /// - Parameters:
  ///   - path: the names that lead there.
  ///   - common: as for the whole.
  ///   - results: ids that `{"$result": number}` stands for there, wherever a UUID is wanted.
  public func part(_ path: [String], common: [String], results: [Int: String]) -> Place {
    let pointer = path.reduce(self) { $0.opened().member($1) }.pointer
    let part = Part(pointer: pointer, common: common, results: results)
    return Place(raws: raws, common: [], parent: pointer, name: "", part: part)
  }

  /// The id that a value of the form `{"$result": number}` stands for; nil where it stands for none.
  func result(_ value: borrowing Value) -> String? {
    guard let part, value.kind == .object, value.count == 1 else { return nil }
    return (value.member("$result") { $0.integer } ?? nil).flatMap { part.results[$0] }
  }
}

/// A value that does not fit its schema: where, and a sentence that says what would.
public struct Fault: Error, Equatable, Sendable {
  public let pointer: String
  public let message: String

  public init(_ message: String, at place: Place) {
    self.pointer = place.pointer
    self.message = message
  }

  public init(_ message: String, pointer: String) {
    self.pointer = pointer
    self.message = message
  }
}
