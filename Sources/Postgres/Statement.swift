/// A query with values for its parameters, in PostgreSQL's text format; nil is NULL.
public struct Statement: Sendable, Equatable {
  public let query: Query
  public let parameters: [String?]

  public init(_ query: Query, _ parameters: [String?]) {
    self.query = query
    self.parameters = parameters
  }
}

/// Statements that run in one implicit transaction, sent in one flight and ended by one Sync.
///
/// There is no BEGIN: with one, an error would skip the COMMIT and leave the next caller in a failed
/// transaction (PostgreSQL, 55.2.4 "Pipelining").
public struct Segment: Sendable {
  public let statements: [Statement]
  /// Which statement's first row and column is the answer; usually the last.
  public let answer: Int
  /// Whether the first statement only says who asks and how: of reads that begin with an equal one and go out together,
  /// one says it for all, in one transaction.
  public let hasContext: Bool

  public init(_ statements: [Statement]) { self.init(statements, answer: statements.count - 1) }

  public init(_ statements: [Statement], answer: Int, hasContext: Bool = false) {
    precondition(statements.indices.contains(answer))
    self.statements = statements
    self.answer = answer
    self.hasContext = hasContext
  }
}
