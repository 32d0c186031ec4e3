/// The text of one SQL statement, made once and named for preparing.
///
/// A class, because its identity is what a connection remembers as prepared; methods hold theirs in static
/// constants. Parameters are `$1`, `$2`, ... with casts, so that the server needs no types from us.
public final class Query: Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  /// This query with values for its parameters; nil is NULL.
  public func callAsFunction(_ parameters: String?...) -> Statement {
    Statement(self, parameters)
  }
}

extension Query: Hashable {
  public static func == (one: Query, other: Query) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
