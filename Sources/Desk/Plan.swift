import JSON
public import Postgres
public import Token

/// What a method decided to do.
public indirect enum Plan: Sendable {
  /// Answer without the database; one JSON value.
  case answer(String)
  /// Answer with what the process knows of itself.
  case describe(@Sendable (Description) -> String)
  /// Read one value; `missing` is the failure where there is no row, `cost` what it takes where that is more than
  /// the method usually does.
  case read(Statement, missing: Failure? = nil, cost: Cost? = nil)
  /// Read, then decide with what was read.
  case readThen(Statement, missing: Failure? = nil, @Sendable (String) throws(Failure) -> Plan)
  case write(Write)
  /// Decide with what secrets are sealed with, nil where no key is configured.
  case sealing(@Sendable (Sealer?) throws(Failure) -> Plan)
  case session(SessionCommand)
  /// Verify what Clerk is said to have sent, then follow it; the only way to change something without a session.
  case webhook(ClerkDelivery)
}

/// A change, made in one segment: lock, expectations, statements, deferred constraints, answer.
public struct Write: Sendable {
  /// What must hold before anything is changed.
  public struct Expectation: Sendable {
    let statement: Statement
    /// Where in the parameters the object is named.
    let path: String

    /// The object must be visible, writable for the caller and, where one is given, of that version.
    ///
    /// Under row level security an UPDATE of what may not be changed touches no row and says nothing.
    init(_ kind: String, _ id: String, version: Int? = nil, to action: Action = .update, at path: String) {
      statement = Write.expectQuery(kind, id, version.map(String.init), action.rawValue)
      self.path = path
    }

    /// What is about to be done to the object; not every agent may do all.
    enum Action: String { case update, delete }

  }

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

  static let lockQuery = Query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
  static let expectQuery = Query("select desk.expect($1::text, $2::uuid, $3::integer, $4::text)")
  static let constraintsQuery = Query("set constraints all immediate")

  /// Everything between the context and the Sync.
  var sequence: [Statement] {
    (lock.map { [Self.lockQuery($0)] } ?? []) + expectations.map(\.statement) + statements
      + [Self.constraintsQuery(), answer]
  }

  /// The parameter that a failing statement is about, by its index in `sequence`.
  func path(ofStatement index: Int) -> String? {
    let first = lock == nil ? 0 : 1
    let expectation = index - first
    return expectations.indices.contains(expectation) ? expectations[expectation].path : nil
  }
}
