import Postgres

extension Write {
  /// What must hold before anything is changed.
  public struct Expectation: Sendable {
    let statement: Statement
    /// Where in the parameters the object is named.
    let path: String
    /// Where in the parameters is what makes it a conflict, and what a caller is told then.
    let conflict: (path: String, explanation: Statement)?

    /// What is about to be done to the object; not every agent may do all.
    enum Action: String { case update, say, delete, restore, merge, unmerge, redact }

    /// The object must be visible, writable for the caller and, where one is given, of that version.
    ///
    /// Under row level security an UPDATE of what may not be changed touches no row and says nothing.
    init(
      _ kind: String, _ id: String, version: Int? = nil, to action: Action = .update, at path: String,
      versionAt versionPath: String = "/expected_version"
    ) {
      let number = version.map(String.init)
      statement = Self.query(kind, id, number, action.rawValue)
      self.path = path
      conflict = number.map { (versionPath, Self.conflictQuery(kind, id, $0)) }
    }

    /// The same in a transaction in which others were checked before: a version that held when it began is not checked
    /// again, since what has moved it is the caller's own.
    func after(_ earlier: [Expectation]) -> Expectation {
      guard statement.query === Self.query, statement.parameters[2] != nil else { return self }
      let isKnown = earlier.contains {
        $0.statement.query === Self.query && $0.statement.parameters.prefix(3) == statement.parameters.prefix(3)
      }
      guard isKnown else { return self }
      var parameters = statement.parameters
      parameters[2] = nil
      return Expectation(statement: Statement(Self.query, parameters), path: path, conflict: nil)
    }

    /// Nobody but the caller may have written to the ticket since the message.
    static func seen(_ message: String?, on ticket: String) -> [Expectation] {
      guard let message else { return [] }
      let path = "/seen_message_id"
      return [
        Expectation(
          statement: seenQuery(ticket, message), path: path, conflict: (path, missedQuery(ticket, message)))
      ]
    }

    private init(statement: Statement, path: String, conflict: (path: String, explanation: Statement)?) {
      self.statement = statement
      self.path = path
      self.conflict = conflict
    }

    private static let query = Query("select desk.expect($1::text, $2::uuid, $3::integer, $4::text)")
    private static let conflictQuery = Query("select desk.conflict($1::text, $2::uuid, $3::integer)::text")
    private static let seenQuery = Query("select desk.expect_seen($1::uuid, $2::uuid)")
    private static let missedQuery = Query("select desk.missed($1::uuid, $2::uuid)::text")

    /// For the tests that prepare every statement.
    static let queries = [query, conflictQuery, seenQuery, missedQuery]
  }
}
