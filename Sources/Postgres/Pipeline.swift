/// The order of results on one connection: which segment the next result belongs to and what it means.
///
/// Pure: it knows neither sockets nor libpq. In pipeline mode the server answers strictly in the order of the
/// commands (PostgreSQL, 34.5 "Pipeline Mode").
struct Pipeline {
  enum Step: Equatable {
    /// Gives up the prepared statement of that name.
    case forget(String)
    case prepare(Query)
    case execute(Int)
  }

  struct Flight {
    fileprivate(set) var job: Job
    let steps: [Step]
    fileprivate(set) var position = 0
    fileprivate(set) var error: ServerError?

    /// The statement whose preparation or execution is next.
    fileprivate var statement: Int? {
      for step in steps.dropFirst(position) { if case .execute(let index) = step { return index } }
      return nil
    }
  }

  enum Result {
    case ok
    case failed(ServerError)
    /// Skipped, because a command before it failed.
    case aborted
    case sync
  }

  enum Event {
    case nothing
    /// This result is the one the caller waits for; keep it until the Sync.
    case answer
    /// The transaction is over: only now is anything known (a deferred constraint fails after the rows came).
    case ended(Flight)
  }

  private(set) var flights: [Flight] = []
  private var head = 0
  private var prepared: Prepared

  /// `remember` bounds the prepared statements of a connection; 0 prepares none, for poolers that mix connections.
  init(remember: Int) { prepared = Prepared(capacity: remember) }

  var depth: Int { flights.count - head }
  /// The job whose segment runs.
  var first: Job? { depth == 0 ? nil : flights[head].job }
  var usesNames: Bool { prepared.capacity > 0 }

  func name(of query: Query) -> String { prepared.name(of: query) }

  /// Puts a segment at the end and says what to send for it.
  mutating func launch(_ job: Job) -> [Step] {
    let statements = job.segment.statements
    var steps: [Step] = []
    steps.reserveCapacity(statements.count)
    for index in statements.indices {
      let query = statements[index].query
      if usesNames, !prepared.use(query) {
        if let name = prepared.makeRoom() { steps.append(.forget(name)) }
        prepared.begin(query)
        steps.append(.prepare(query))
      }
      steps.append(.execute(index))
    }
    flights.append(Flight(job: job, steps: steps))
    return steps
  }

  /// Marks a job in flight as cancelled; false where it is not here.
  mutating func cancel(_ ticket: Int) -> Bool {
    guard let index = flights[head...].firstIndex(where: { $0.job.ticket == ticket }) else { return false }
    flights[index].job.isCancelled = true
    return true
  }

  mutating func received(_ result: Result) -> Event {
    guard depth > 0 else { return .nothing }
    if case .sync = result {
      var flight = flights[head]
      head += 1
      if head == flights.count || head > 64 {
        flights.removeFirst(head)
        head = 0
      }
      settle(&flight)
      return .ended(flight)
    }
    switch result {
    case .failed(let error):
      // The position stays where it failed: what was to be prepared from there on never was.
      if flights[head].error == nil {
        let statement = flights[head].statement
        flights[head].error = error
        flights[head].error?.statement = statement
      }
    case .ok:
      let position = flights[head].position
      flights[head].position += 1
      guard position < flights[head].steps.count, case .execute(let index) = flights[head].steps[position] else {
        return .nothing
      }
      return index == flights[head].job.segment.answer ? .answer : .nothing
    case .aborted, .sync: break
    }
    return .nothing
  }

  /// Everything in flight ends with the connection.
  mutating func lose() -> [Flight] {
    defer {
      flights = []
      head = 0
    }
    return Array(flights[head...])
  }

  /// Forgets every prepared statement, as the server must whose tables have changed (0A000).
  mutating func forgetPrepared() { prepared.removeAll() }

  /// Prepares nothing from now on: the server does not know what was prepared (26000) or knows what was not (42P05), so
  /// that a pooler must be giving this connection one server after the other.
  mutating func stopPreparing() { prepared.stop() }

  /// A statement counts as prepared only after its own success: a preparation behind an error never happened.
  private mutating func settle(_ flight: inout Flight) {
    guard flight.error != nil else { return }
    for step in flight.steps[flight.position...] {
      if case .prepare(let query) = step { prepared.fail(query) }
    }
  }
}
