/// The order of results on one connection: which segment the next result belongs to and what it means.
///
/// Pure: it knows neither sockets nor libpq. In pipeline mode the server answers strictly in the order of the
/// commands (PostgreSQL, 34.5 "Pipeline Mode").
struct Pipeline {
  enum Step: Equatable {
    /// Gives up the prepared statement of that name.
    case forget(String)
    case prepare(Query)
    /// Runs a statement of a job, both by their place.
    case execute(Int, of: Int = 0)
    /// Runs the one statement that asks what several jobs do, by their places.
    case gather(Statement, of: Range<Int>)
  }

  /// What ends with one Sync: a job, or a few that share a transaction.
  struct Flight {
    fileprivate(set) var jobs: [Job]
    let steps: [Step]
    fileprivate(set) var position = 0
    fileprivate(set) var error: ServerError?
    /// How many of the jobs have their answer.
    fileprivate(set) var answered = 0

    /// The statement whose preparation or execution is next, and its jobs; nil behind the last.
    fileprivate var next: (statement: Int, jobs: Range<Int>)? {
      for step in steps.dropFirst(position) {
        switch step {
        case .execute(let statement, let job): return (statement, job..<job + 1)
        case .gather(_, let jobs): return (1, jobs)
        case .forget, .prepare: continue
        }
      }
      return nil
    }

    /// The jobs that the error is about, of which it is not known whose it is where they are several; nil where it came
    /// at the Sync, and is about all of them.
    var failed: Range<Int>? { error == nil ? nil : next?.jobs }
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
    /// This result is the one that the callers of the next jobs, usually one, wait for; keep it until the Sync.
    case answer(of: Int)
    /// The transaction is over: only now is anything known (a deferred constraint fails after the rows came).
    case ended(Flight)
  }

  private(set) var flights: [Flight] = []
  private var head = 0
  private var prepared: Prepared

  /// `remember` bounds the prepared statements of a connection; 0 prepares none, for poolers that mix connections.
  init(remember: Int) { prepared = Prepared(capacity: remember) }

  /// Jobs in flight.
  private(set) var depth = 0
  /// The flight that runs.
  var first: Flight? { head == flights.count ? nil : flights[head] }
  /// Whether a job of the flight that runs was cancelled, whose answer has not come. Which of them runs is not known: until
  /// the Sync the server keeps its answers, but for each 8 KiB that are full.
  var runsCancelled: Bool { first.map { $0.jobs.dropFirst($0.answered).contains(where: \.isCancelled) } ?? false }
  /// The lane of what is in flight.
  var lane: Job.Lane? { head == flights.count ? nil : flights[head].jobs[0].lane }
  var usesNames: Bool { prepared.capacity > 0 }

  func name(of query: Query) -> String { prepared.name(of: query) }

  /// Puts jobs that share a transaction at the end and says what to send for them: the first one's context stands for
  /// those of all.
  mutating func launch(_ jobs: [Job]) -> [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(jobs.count + 1)
    var number = 0
    while number < jobs.count {
      let statements = jobs[number].segment.statements
      let end = jobs[number...].dropFirst().firstIndex { !$0.canGather(with: jobs[number]) } ?? jobs.count
      for index in (number == 0 ? 0 : 1)..<statements.count {
        if index == 1, end > number + 1 {
          let statement = Job.gathered(jobs[number..<end])
          prepare(statement.query, &steps)
          steps.append(.gather(statement, of: number..<end))
        } else {
          prepare(statements[index].query, &steps)
          steps.append(.execute(index, of: number))
        }
      }
      number = end
    }
    flights.append(Flight(jobs: jobs, steps: steps))
    depth += jobs.count
    return steps
  }

  private mutating func prepare(_ query: Query, _ steps: inout [Step]) {
    guard usesNames, !prepared.use(query) else { return }
    if let name = prepared.makeRoom() { steps.append(.forget(name)) }
    prepared.begin(query)
    steps.append(.prepare(query))
  }

  /// Marks a job in flight as cancelled; false where it is not here.
  mutating func cancel(_ ticket: Int) -> Bool {
    for flight in flights.indices[head...] {
      guard let job = flights[flight].jobs.firstIndex(where: { $0.ticket == ticket }) else { continue }
      flights[flight].jobs[job].isCancelled = true
      return true
    }
    return false
  }

  mutating func received(_ result: Result) -> Event {
    guard head < flights.count else { return .nothing }
    if case .sync = result {
      var flight = flights[head]
      head += 1
      depth -= flight.jobs.count
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
        let statement = flights[head].next?.statement
        flights[head].error = error
        flights[head].error?.statement = statement
      }
    case .ok:
      let position = flights[head].position
      flights[head].position += 1
      guard position < flights[head].steps.count else { return .nothing }
      switch flights[head].steps[position] {
      case .execute(let index, let job) where index == flights[head].jobs[job].segment.answer: return answered(by: 1)
      case .gather(_, let jobs): return answered(by: jobs.count)
      case .execute, .forget, .prepare: break
      }
    case .aborted, .sync: break
    }
    return .nothing
  }

  private mutating func answered(by jobs: Int) -> Event {
    flights[head].answered += jobs
    return .answer(of: jobs)
  }

  /// Everything in flight ends with the connection.
  mutating func lose() -> [Flight] {
    defer {
      flights = []
      head = 0
      depth = 0
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
