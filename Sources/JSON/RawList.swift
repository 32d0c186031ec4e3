/// A list as the bytes that came in, for whoever looks at its elements one by one.
public struct RawList: Equatable, Sendable {
  /// Valid JSON, whose elements may be anything.
  public let text: String
  /// Whether some element holds what jsonb refuses (U+0000) or what no double holds.
  public let isSuspect: Bool
}

extension Schema where Output == RawList {
  /// A list passed on as it came in; what does not fit in an element is the method's to say.
  ///
  /// - Parameters:
  ///   - element: what the elements should look like, for the reference.
  ///   - limit: how many there may be, likewise.
  public static func rawList(of element: Shape, atMost limit: Int, maximumBytes: Int) -> Schema {
    Schema(.rawList(of: element, atMost: limit)) { value, place throws(Fault) in
      guard value.kind == .array else { throw Fault("must be a list", at: place) }
      let raw = place.raws[place.pointer]
      let text = raw?.text ?? value.json
      guard text.utf8.count <= maximumBytes else { throw Fault("must have at most \(maximumBytes) bytes", at: place) }
      return RawList(text: text, isSuspect: raw.map { $0.hasNUL || $0.hasExtremeNumber } ?? true)
    }
  }
}
