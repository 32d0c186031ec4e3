import Testing

@testable import Postgres

@Suite struct PipelineTests {
  private let one = Query("select 1")
  private let two = Query("select 2")

  @Test func preparesAQueryOnceAndExecutesItAlways() {
    var pipeline = Pipeline(remember: 10)
    let first = pipeline.launch(job(1, Segment([one(), two()])))
    let second = pipeline.launch(job(2, Segment([one()])))
    #expect(first == [.prepare(one), .execute(0), .prepare(two), .execute(1)])
    #expect(second == [.execute(0)])
    #expect(pipeline.depth == 2)
  }

  @Test func answersWithTheLastStatementAndOnlyAtSync() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(1, Segment([one(), two()])))
    #expect(events(&pipeline, [.ok, .ok, .ok, .ok, .sync]) == ["", "", "", "answer", "ended 1"])
  }

  @Test func reportsTheFirstErrorAndItsStatement() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(7, Segment([one(), two()])))
    let error = ServerError(state: "22012", message: "division by zero")
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .failed(error), .sync]) == ["", "", "", "", "ended 7 22012 in 1"])
  }

  @Test func takesAnErrorAtSyncForTheSegments() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(7, Segment([one()])))
    let error = ServerError(state: "23503", message: "deferred")
    #expect(events(&pipeline, [.ok, .ok, .failed(error), .sync]) == ["", "answer", "", "ended 7 23503"])
  }

  @Test func preparesAgainWhatAnErrorSkipped() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(1, Segment([one(), two()])))
    _ = events(&pipeline, [.ok, .failed(ServerError(state: "42P01", message: "")), .aborted, .aborted, .sync])
    #expect(pipeline.launch(job(2, Segment([one(), two()]))) == [.execute(0), .prepare(two), .execute(1)])
  }

  @Test func forgetsTheLongestUnusedStatement() {
    var pipeline = Pipeline(remember: 2)
    let three = Query("select 3")
    _ = pipeline.launch(job(1, Segment([one()])))
    let name = pipeline.name(of: one)
    _ = pipeline.launch(job(2, Segment([two()])))
    #expect(pipeline.launch(job(3, Segment([three()]))) == [.forget(name), .prepare(three), .execute(0)])
  }

  @Test func preparesNothingWithoutMemory() {
    var pipeline = Pipeline(remember: 0)
    #expect(pipeline.launch(job(1, Segment([one()]))) == [.execute(0)])
    #expect(pipeline.name(of: one) == "")
  }

  @Test func namesNoTextLikeAnother() {
    var (here, there) = (Pipeline(remember: 10), Pipeline(remember: 10))
    _ = here.launch(job(1, Segment([one()])))
    _ = there.launch(job(1, Segment([two()])))
    #expect(here.name(of: one) != there.name(of: two))
  }

  @Test func preparesNothingBehindAPoolerThatMixesConnections() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(1, Segment([one()])))
    pipeline.stopPreparing()
    #expect(pipeline.launch(job(2, Segment([one()]))) == [.execute(0)])
    #expect(pipeline.name(of: one) == "")
  }

  @Test func losesEverythingInFlightWithTheConnection() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(1, Segment([one()])))
    _ = pipeline.launch(job(2, Segment([one()])))
    #expect(pipeline.lose().map(\.job.ticket) == [1, 2])
    #expect(pipeline.depth == 0)
  }

  @Test func marksTheCancelledJobAmongThoseInFlight() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(job(1, Segment([one()])))
    _ = pipeline.launch(job(2, Segment([one()])))
    let known = [2, 3].map { pipeline.cancel($0) }
    #expect(known == [true, false])
    #expect(pipeline.first?.isCancelled == false)
    _ = events(&pipeline, [.ok, .ok, .sync])
    #expect(pipeline.first?.isCancelled == true)
    let ended = pipeline.cancel(1)
    #expect(!ended)
  }

  private func job(_ ticket: Int, _ segment: Segment) -> Job {
    Job(ticket: ticket, segment: segment, lane: .point, isRead: true, timeLimit: 0, deadline: .max)
  }

  private func events(_ pipeline: inout Pipeline, _ results: [Pipeline.Result]) -> [String] {
    results.map { result in
      switch pipeline.received(result) {
      case .nothing: ""
      case .answer: "answer"
      case .ended(let flight):
        "ended \(flight.job.ticket)"
          + (flight.error.map { " \($0.state)" + ($0.statement.map { " in \($0)" } ?? "") } ?? "")
      }
    }
  }
}
