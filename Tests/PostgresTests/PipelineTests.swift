import Testing

@testable import Postgres

@Suite struct PipelineTests {
  private let one = Query("select 1")
  private let two = Query("select 2")

  @Test func preparesAQueryOnceAndExecutesItAlways() {
    var pipeline = Pipeline(remember: 10)
    let first = pipeline.launch([job(1, Segment([one(), two()]))])
    let second = pipeline.launch([job(2, Segment([one()]))])
    #expect(first == [.prepare(one), .execute(0), .prepare(two), .execute(1)])
    #expect(second == [.execute(0)])
    #expect(pipeline.depth == 2)
  }

  @Test func answersWithTheLastStatementAndOnlyAtSync() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(1, Segment([one(), two()]))])
    #expect(events(&pipeline, [.ok, .ok, .ok, .ok, .sync]) == ["", "", "", "answer", "ended 1"])
  }

  @Test func reportsTheFirstErrorAndItsStatement() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(7, Segment([one(), two()]))])
    let error = ServerError(state: "22012", message: "division by zero")
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .failed(error), .sync]) == ["", "", "", "", "ended 7 22012 in 1"])
  }

  @Test func takesAnErrorAtSyncForTheSegments() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(7, Segment([one()]))])
    let error = ServerError(state: "23503", message: "deferred")
    #expect(events(&pipeline, [.ok, .ok, .failed(error), .sync]) == ["", "answer", "", "ended 7 23503"])
  }

  @Test func preparesAgainWhatAnErrorSkipped() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(1, Segment([one(), two()]))])
    _ = events(&pipeline, [.ok, .failed(ServerError(state: "42P01", message: "")), .aborted, .aborted, .sync])
    #expect(pipeline.launch([job(2, Segment([one(), two()]))]) == [.execute(0), .prepare(two), .execute(1)])
  }

  @Test func forgetsTheLongestUnusedStatement() {
    var pipeline = Pipeline(remember: 2)
    let three = Query("select 3")
    _ = pipeline.launch([job(1, Segment([one()]))])
    let name = pipeline.name(of: one)
    _ = pipeline.launch([job(2, Segment([two()]))])
    #expect(pipeline.launch([job(3, Segment([three()]))]) == [.forget(name), .prepare(three), .execute(0)])
  }

  @Test func preparesNothingWithoutMemory() {
    var pipeline = Pipeline(remember: 0)
    #expect(pipeline.launch([job(1, Segment([one()]))]) == [.execute(0)])
    #expect(pipeline.name(of: one) == "")
  }

  @Test func namesNoTextLikeAnother() {
    var (here, there) = (Pipeline(remember: 10), Pipeline(remember: 10))
    _ = here.launch([job(1, Segment([one()]))])
    _ = there.launch([job(1, Segment([two()]))])
    #expect(here.name(of: one) != there.name(of: two))
  }

  @Test func preparesNothingBehindAPoolerThatMixesConnections() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(1, Segment([one()]))])
    pipeline.stopPreparing()
    #expect(pipeline.launch([job(2, Segment([one()]))]) == [.execute(0)])
    #expect(pipeline.name(of: one) == "")
  }

  @Test func losesEverythingInFlightWithTheConnection() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(1, Segment([one()]))])
    _ = pipeline.launch([job(2, Segment([one()]))])
    #expect(pipeline.lose().map { $0.jobs[0].ticket } == [1, 2])
    #expect(pipeline.depth == 0)
  }

  @Test func marksTheCancelledJobAmongThoseInFlight() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([job(1, Segment([one()]))])
    _ = pipeline.launch([job(2, Segment([one()]))])
    let known = [2, 3].map { pipeline.cancel($0) }
    #expect(known == [true, false])
    #expect(!pipeline.runsCancelled)
    _ = events(&pipeline, [.ok, .ok, .sync])
    #expect(pipeline.runsCancelled)
    let ended = pipeline.cancel(1)
    #expect(!ended)
  }

  @Test func sendsTheContextOfJobsThatShareATransactionOnce() {
    var pipeline = Pipeline(remember: 10)
    let jobs = (1...3).map { job($0, Segment([one(), two()], answer: 1, hasContext: true)) }
    #expect(
      pipeline.launch(jobs)
        == [.prepare(one), .execute(0), .prepare(two), .execute(1), .execute(1, of: 1), .execute(1, of: 2)])
    #expect(pipeline.depth == 3)
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .ok, .ok, .ok, .sync])
        == ["", "", "", "answer", "answer", "answer", "ended 1 2 3"])
    #expect(pipeline.depth == 0)
  }

  @Test func saysWhichOfTheJobsFailed() {
    var pipeline = Pipeline(remember: 10)
    let jobs = (1...3).map { job($0, Segment([one(), two()], answer: 1, hasContext: true)) }
    _ = pipeline.launch(jobs)
    let error = ServerError(state: "57014", message: "")
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .ok, .failed(error), .aborted, .sync])
        == ["", "", "", "answer", "", "", "ended 1 2 3 57014 in 1 of 1"])
  }

  private let byKey = Query("select 3 where $1::uuid is not null", many: "select 3, k from unnest($1::uuid[]) k")

  private func ask(_ ticket: Int, _ query: Query) -> Job {
    job(ticket, Segment([one(), query("key \(ticket)")], answer: 1, hasContext: true))
  }

  @Test func asksAtOnceForWhatNeighboursAskByKey() throws {
    var pipeline = Pipeline(remember: 10)
    let many = try #require(byKey.many)
    let jobs = [ask(1, byKey), ask(2, byKey), ask(3, two), ask(4, byKey)]
    #expect(
      pipeline.launch(jobs) == [
        .prepare(one), .execute(0), .prepare(many), .gather(many("{key 1,key 2}"), of: 0..<2), .prepare(two),
        .execute(1, of: 2),
        .prepare(byKey), .execute(1, of: 3),
      ])
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .ok, .ok, .ok, .ok, .ok, .sync])
        == ["", "", "", "answer of 2", "", "answer", "", "answer", "ended 1 2 3 4"])
  }

  @Test func saysOfWhomAFailureMayBe() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch([ask(1, two), ask(2, byKey), ask(3, byKey), ask(4, two)])
    let error = ServerError(state: "57014", message: "")
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .ok, .ok, .failed(error), .aborted, .sync])
        == ["", "", "", "answer", "", "", "", "ended 1 2 3 4 57014 in 1 of 1 and 1 more"])
  }

  @Test func asksByItselfForWhatFailedWithOthers() {
    var pipeline = Pipeline(remember: 10)
    var jobs = (1...3).map { ask($0, byKey) }
    jobs[1].isAlone = true
    #expect(
      pipeline.launch(jobs)
        == [.prepare(one), .execute(0), .prepare(byKey), .execute(1), .execute(1, of: 1), .execute(1, of: 2)])
  }

  @Test func cancelsAFlightForAnyOfItsJobs() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch((1...2).map { job($0, Segment([one(), two()], answer: 1, hasContext: true)) })
    #expect(!pipeline.runsCancelled)
    let areKnown = [pipeline.cancel(1), pipeline.cancel(2)]
    #expect(areKnown == [true, true] && pipeline.runsCancelled)
  }

  @Test func cancelsNoFlightForWhatHasItsAnswer() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch((1...2).map { job($0, Segment([one(), two()], answer: 1, hasContext: true)) })
    _ = events(&pipeline, [.ok, .ok, .ok, .ok])
    let isKnown = pipeline.cancel(1)
    #expect(isKnown && !pipeline.runsCancelled)
  }

  private func job(_ ticket: Int, _ segment: Segment) -> Job {
    Job(ticket: ticket, segment: segment, lane: .point, isRead: true, timeLimit: 0, deadline: .max)
  }

  private func events(_ pipeline: inout Pipeline, _ results: [Pipeline.Result]) -> [String] {
    results.map { result in
      switch pipeline.received(result) {
      case .nothing: ""
      case .answer(1): "answer"
      case .answer(let count): "answer of \(count)"
      case .ended(let flight):
        "ended " + flight.jobs.map { String($0.ticket) }.joined(separator: " ")
          + (flight.error.map { " \($0.state)" + ($0.statement.map { " in \($0)" } ?? "") } ?? "")
          + (flight.jobs.count > 1
            ? flight.failed.map { " of \($0.lowerBound)" + ($0.count > 1 ? " and \($0.count - 1) more" : "") } ?? ""
            : "")
      }
    }
  }
}
