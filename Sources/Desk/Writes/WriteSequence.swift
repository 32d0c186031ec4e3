import JSON
import Postgres

/// A write, or several, as the statements of one segment, and what one that fails is about.
///
/// The locks come alone and first, so that nobody waits with a row in hand; then the idempotency key, so that of two of
/// a kind the second stops before it does anything. The last statement of a dry run rolls everything back, after its
/// answer has been read.
struct WriteSequence: Sendable {
  /// Everything between the context and the Sync.
  private(set) var statements: [Statement] = []
  /// Which of the statements answers.
  private(set) var answer = 0
  /// What the caller hears when that has no row.
  let missing: Failure?
  private var parts: [Part] = []

  private struct Part {
    let expectations: [Write.Expectation]
    var statements: Range<Int>
    let call: Int?
  }

  init(_ write: Write, _ options: WriteOptions) {
    missing = write.missing
    if write.isHasty, options.key == nil { statements.append(Self.hastyQuery()) }
    statements += Self.locking(write.locks)
    if let key = options.key { statements.append(key.insertion) }
    add(write, call: options.call)
    end(with: write.answer, options)
  }

  /// One transaction of all.
  init(_ writes: [(method: String, write: Write)], _ options: WriteOptions, milliseconds: Int) {
    missing = nil
    statements += Self.locking(Set(writes.flatMap(\.write.locks)).sorted())
    if let key = options.key { statements.append(key.insertion) }
    for (index, (method, write)) in writes.enumerated() {
      if index > 0 { statements.append(Self.deferQuery()) }
      statements.append(Self.callQuery(String(milliseconds), method))
      add(write, call: index)
      statements.append(Self.keeping(write.answer, as: index))
      parts[index].statements = parts[index].statements.lowerBound..<statements.count
    }
    end(with: Self.answersQuery(String(writes.count)), options)
  }

  /// What a failing statement expected, by its index in `statements`, and the call of a batch that it belongs to.
  func cause(ofStatement index: Int) -> (expectation: Write.Expectation?, call: Int?) {
    guard let part = parts.last(where: { $0.statements.contains(index) }) else { return (nil, nil) }
    let place = index - part.statements.lowerBound
    return (part.expectations.indices.contains(place) ? part.expectations[place] : nil, part.call)
  }

  private static func locking(_ locks: [String]) -> [Statement] {
    if locks.isEmpty { return [] }
    guard locks.count == 1, !locks[0].utf8.contains(UInt8(ascii: " ")) else {
      return [locksQuery(JSONText.array(locks.map(Line.quoted)))]
    }
    return [lockQuery(locks[0])]
  }

  private mutating func add(_ write: Write, call: Int?) {
    let start = statements.count
    let expectations = write.expectations.map { $0.after(parts.flatMap(\.expectations)) }
    statements += expectations.map(\.statement) + write.statements
    statements.append(Self.constraintsQuery())
    parts.append(Part(expectations: expectations, statements: start..<statements.count, call: call))
  }

  private mutating func end(with answer: Statement, _ options: WriteOptions) {
    self.answer = statements.count
    if options.isDryRun {
      statements += [answer, Self.rollbackQuery()]
    } else {
      statements.append(options.key?.keeping(answer) ?? answer)
    }
  }

  static let queries = [
    hastyQuery, lockQuery, locksQuery, constraintsQuery, deferQuery, callQuery, answersQuery,
  ]

  private static let hastyQuery = Query("select set_config('synchronous_commit', 'off', true)")
  /// Nearly always there is one, an id, and nothing to look up.
  private static let lockQuery = Query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
  /// Several, and those that stand for others: all in one order, so that two writes cannot wait for each other.
  private static let locksQuery = Query("select desk.lock($1::jsonb)")
  private static let constraintsQuery = Query("set constraints all immediate")
  private static let deferQuery = Query("set constraints all deferred")
  /// What is left of the time for all of a batch, and the method for the history.
  private static let callQuery = Query(
    """
    select set_config(
      'statement_timeout',
      greatest(1, $1::integer - extract(epoch from clock_timestamp() - now()) * 1000)::integer::text, true),
      set_config('app.method', $2::text, true)
    """)
  private static let answersQuery = Query("select desk.batch_answers($1::integer)")
  private static let rollbackQuery = Query("rollback")

  /// A statement that keeps what another one answers until the end of the transaction.
  private static func keeping(_ answer: Statement, as index: Int) -> Statement {
    Statement(
      Query(
        """
        with answered (answer) as (
        \(answer.query.text)
        )
        select set_config('app.answer_' || $\(answer.parameters.count + 1)::text, a.answer, true) is null
          from answered a
        """), answer.parameters + [String(index)])
  }
}
