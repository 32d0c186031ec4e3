/// The text of one SQL statement, made once and named for preparing.
///
/// Methods hold theirs in static constants; lists compose theirs. Two of the same text are the same. Parameters are
/// `$1`, `$2`, ... with casts, so that the server needs no types from us.
public final class Query: Sendable {
  public let text: String
  /// The text is hashed once, since connections look queries up on every call.
  private let hash: Int

  /// Stands for the text in names; another one in each process.
  var mark: String { String(UInt(bitPattern: hash), radix: 36) }

  public init(_ text: String) {
    self.text = text
    hash = text.hashValue
  }

  /// This query with values for its parameters; nil is NULL.
  public func callAsFunction(_ parameters: String?...) -> Statement {
    Statement(self, parameters)
  }
}

extension Query: Hashable {
  public static func == (one: Query, other: Query) -> Bool {
    one === other || (one.hash == other.hash && one.text == other.text)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
