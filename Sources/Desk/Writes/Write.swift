public import Postgres

/// A change, made in one segment: lock, expectations, statements, deferred constraints, answer.
public struct Write: Sendable {
  let lock: String?
  let expectations: [Expectation]
  let statements: [Statement]
  let answer: Statement
  let missing: Failure?

  /// - Parameters:
  ///   - lock: the id of the object whose writes are put in order, or another text that stands for it.
  ///   - answer: read after all triggers; its first column is the result.
  public init(
    lock: String?, expecting expectations: [Expectation] = [], _ statements: [Statement], answer: Statement,
    missing: Failure? = nil
  ) {
    self.lock = lock
    self.expectations = expectations
    self.statements = statements
    self.answer = answer
    self.missing = missing
  }
}
