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

  private init(raws: [String: Scanner.Raw], common: [String], parent: String, name: String) {
    self.raws = raws
    self.common = common
    self.parent = parent
    self.name = name
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
  var commonMembers: [String] { parent.isEmpty && name.isEmpty ? common : [] }

  /// The JSON pointer (RFC 6901); empty for the whole.
  public var pointer: String {
    name.isEmpty ? parent : parent + "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  /// The place that members of this value are named below.
  func opened() -> Place { name.isEmpty ? self : Place(raws: raws, common: common, parent: pointer, name: "") }

  /// A member of an opened place.
  func member(_ name: String) -> Place { Place(raws: raws, common: common, parent: parent, name: name) }
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
