import Postgres
import TestSupport
import Testing

@Suite struct SessionTests {
  let database: TestDatabase

  init() throws { database = try TestCluster.createEmptyDatabase() }

  @Test func parametersAndRowsAreText() throws {
    let rows = try database.owner().query("select $1::text, $2::integer + 1, $3::text", ["é'\\", "41", nil])
    #expect(rows == [["é'\\", "42", nil]])
  }

  @Test func aScriptRunsAsOneTransactionAndStopsAtTheFirstError() throws {
    let session = try database.owner()
    #expect(throws: ServerError(state: "22012", message: "division by zero")) {
      try session.run("create table t (a integer); select 1/0; create table u (a integer)")
    }
    #expect(try session.query("select to_regclass('t'), to_regclass('u')") == [[nil, nil]])
  }

  @Test func anErrorTellsWhereItLies() throws {
    let error = #expect(throws: ServerError.self) { try database.owner().run("select 1;\nselect nothing") }
    #expect(error?.state == "42703")
    #expect(error?.position == 18)
  }

  @Test func aFailedConnectionHasNoState() throws {
    let error = #expect(throws: ServerError.self) { try Session("host=/nonexistent user=nobody") }
    #expect(error?.state == "")
    #expect(error?.message.contains("/nonexistent") == true)
  }

  @Test func aBrokenConnectionIsAnError() throws {
    let session = try database.owner()
    let error = #expect(throws: ServerError.self) {
      try session.query("select pg_terminate_backend(pg_backend_pid())")
    }
    #expect(error?.message.contains("terminating connection") == true)
    #expect(throws: ServerError.self) { try session.query("select 1") }
  }
}
