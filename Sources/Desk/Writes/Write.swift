public import Postgres

/// A change, made in one segment: lock, expectations, statements, deferred constraints, answer.
public struct Write: Sendable {
  let locks: [String]
  let expectations: [Expectation]
  let statements: [Statement]
  let answer: Statement
  let missing: Failure?
  /// The id of what it creates, known before anything is sent.
  let created: String?
  /// Whether it need not be on the disk when it is answered, where it is alone in its transaction and under no key.
  let isHasty: Bool

  /// - Parameters:
  ///   - lock: the id of the object whose writes are put in order, or another text that stands for it.
  ///   - others: further ones, where several objects are written together.
  ///   - answer: read after all triggers; its first column is the result.
  ///   - created: the id of what it creates, where that is certain; later calls of a batch may refer to it.
  ///   - isHasty: what is lost in a crash would have been of no use.
  public init(
    lock: String?, and others: [String] = [], expecting expectations: [Expectation] = [], _ statements: [Statement],
    answer: Statement, missing: Failure? = nil, creating created: String? = nil, isHasty: Bool = false
  ) {
    locks = (lock.map { [$0] } ?? []) + others
    self.expectations = expectations
    self.statements = statements
    self.answer = answer
    self.missing = missing
    self.created = created
    self.isHasty = isHasty
  }
}
