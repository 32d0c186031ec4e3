import Testing

@testable import Postgres

@Suite struct PipelineTests {
  private let one = Query("select 1")
  private let two = Query("select 2")

  @Test func preparesAQueryOnceAndExecutesItAlways() {
    var pipeline = Pipeline(remember: 10)
    let first = pipeline.launch(Segment([one(), two()]), ticket: 1)
    let second = pipeline.launch(Segment([one()]), ticket: 2)
    #expect(first == [.prepare(one), .execute(0), .prepare(two), .execute(1)])
    #expect(second == [.execute(0)])
    #expect(pipeline.depth == 2)
  }

  @Test func answersWithTheLastStatementAndOnlyAtSync() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(Segment([one(), two()]), ticket: 1)
    #expect(events(&pipeline, [.ok, .ok, .ok, .ok, .sync]) == ["", "", "", "answer", "ended 1"])
  }

  @Test func reportsTheFirstErrorAndItsStatement() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(Segment([one(), two()]), ticket: 7)
    let error = ServerError(state: "22012", message: "division by zero")
    #expect(
      events(&pipeline, [.ok, .ok, .ok, .failed(error), .sync]) == ["", "", "", "", "ended 7 22012 in 1"])
  }

  @Test func takesAnErrorAtSyncForTheSegments() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(Segment([one()]), ticket: 7)
    let error = ServerError(state: "23503", message: "deferred")
    #expect(events(&pipeline, [.ok, .ok, .failed(error), .sync]) == ["", "answer", "", "ended 7 23503"])
  }

  @Test func preparesAgainWhatAnErrorSkipped() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(Segment([one(), two()]), ticket: 1)
    _ = events(&pipeline, [.ok, .failed(ServerError(state: "42P01", message: "")), .aborted, .aborted, .sync])
    #expect(pipeline.launch(Segment([one(), two()]), ticket: 2) == [.execute(0), .prepare(two), .execute(1)])
  }

  @Test func forgetsTheLongestUnusedStatement() {
    var pipeline = Pipeline(remember: 2)
    let three = Query("select 3")
    _ = pipeline.launch(Segment([one()]), ticket: 1)
    let name = pipeline.name(of: one)
    _ = pipeline.launch(Segment([two()]), ticket: 2)
    #expect(pipeline.launch(Segment([three()]), ticket: 3) == [.forget(name), .prepare(three), .execute(0)])
  }

  @Test func preparesNothingWithoutMemory() {
    var pipeline = Pipeline(remember: 0)
    #expect(pipeline.launch(Segment([one()]), ticket: 1) == [.execute(0)])
    #expect(pipeline.name(of: one) == "")
  }

  @Test func losesEverythingInFlightWithTheConnection() {
    var pipeline = Pipeline(remember: 10)
    _ = pipeline.launch(Segment([one()]), ticket: 1)
    _ = pipeline.launch(Segment([one()]), ticket: 2)
    #expect(pipeline.lose().map(\.ticket) == [1, 2])
    #expect(pipeline.depth == 0)
  }

  private func events(_ pipeline: inout Pipeline, _ results: [Pipeline.Result]) -> [String] {
    results.map { result in
      switch pipeline.received(result) {
      case .nothing: ""
      case .answer: "answer"
      case .ended(let flight):
        "ended \(flight.ticket)"
          + (flight.error.map { " \($0.state)" + ($0.statement.map { " in \($0)" } ?? "") } ?? "")
      }
    }
  }
}
