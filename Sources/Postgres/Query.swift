/// The text of one SQL statement, made once and named for preparing.
///
/// Methods hold theirs in static constants; lists compose theirs. Two of the same text are the same. Parameters are
/// `$1`, `$2`, ... with casts, so that the server needs no types from us.
public final class Query: Sendable {
  public let text: String
  /// The same read of many keys at once; nil where there is none.
  public let many: Query?
  /// The text is hashed once, since connections look queries up on every call.
  private let hash: Int

  /// Stands for the text in names; another one in each process.
  var mark: String { String(UInt(bitPattern: hash), radix: 36) }

  /// `many` is for reads of one row by `$1`, a UUID: it takes an array of such, and behind the answer its rows have the
  /// key, as text.
  public init(_ text: String, many: String? = nil) {
    precondition(many == nil || text.contains("$1"), "one of many has no key")
    self.text = text
    self.many = many.map { Query($0) }
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
