import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// Parts of an import that are under way at once.
@Suite struct ImportFlightTests {
  private let files: BulkFiles

  init() throws { files = try BulkFiles() }

  private func noted(_ name: String, beside path: String) -> Int? {
    let data = FileManager.default.contents(atPath: path + ".deskpipe-import") ?? Data()
    return (try? JSONSerialization.jsonObject(with: data) as? [String: Any])?[name] as? Int
  }

  private func customers(_ condition: String = "true") throws -> Int {
    let count = try files.value(
      "select count(*) from customers where email like '%@bulk.example' and \(condition)")
    return count.flatMap { Int($0) } ?? 0
  }

  private func wait(_ condition: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(20)
    while try !condition(), ContinuousClock.now < end { poll(nil, 0, 10) }
    #expect(try condition())
  }

  /// The first part waits for a lock: as many others as may are taken meanwhile, and none of them is acknowledged.
  @Test(arguments: [1, 3]) func keepsAFewUnderWayAndAcknowledgesThemInOrder(_ count: Int) throws {
    _ = try files.run(["import", "customers", files.file("one.ndjson", BulkFiles.rows(1...1))])
    let holder = try files.desk.database.superuser()
    try holder.run("begin; select from customers where email = 'c1@bulk.example' for update")
    let changed = #"{"name":"Changed","email":"c1@bulk.example"}"# + "\n"
    let path = try files.file("in.ndjson", changed + BulkFiles.rows(2...10))
    let child = try Child(
      ["import", "customers", path, "--part-rows", "1", "--parts-at-once", "\(count)"] + files.options)
    // The first of them is there from the beginning, before anything is noted.
    try wait { try noted("parts", beside: path) == 0 && customers() == count }
    poll(nil, 0, 300)
    #expect(try customers() == count)
    #expect(noted("parts", beside: path) == 0 && noted("rows", beside: path) == 0)
    try holder.run("commit")
    #expect(
      child.lines() == [#"{"rows": 10, "created": 9, "updated": 1, "unchanged": 0, "skipped": 0, "failed": 0}"#])
    #expect(child.status() == 0, "\(child.errorText)")
  }

  /// However an address is written, its rows take effect in their order: though the first part waits for a lock, the
  /// second is not ahead of it.
  @Test(arguments: ["S@BULK.example", #"\u0073@bulk.example"#, " s@bulk.example "])
  func keepsTheOrderOfTheRowsOfOneAddress(_ address: String) throws {
    _ = try files.run(["import", "customers", files.file("one.ndjson", BulkFiles.rows(1...1))])
    let holder = try files.desk.database.superuser()
    try holder.run("begin; select from customers where email = 'c1@bulk.example' for update")
    let row = { (name: String, address: String) in
      #"{"name":"\#(name)","email":"\#(address)","fields":{"plan":"basic"}}"# + "\n"
    }
    let rows = BulkFiles.rows(1...1) + row("First", "s@bulk.example") + row("Last", address) + BulkFiles.rows(2...2)
    let path = try files.file("in.ndjson", rows)
    let child = try Child(["import", "customers", path, "--part-rows", "2"] + files.options)
    poll(nil, 0, 1_000)
    #expect(try customers() == 1)
    try holder.run("commit")
    #expect(child.lines() == [#"{"rows": 4, "created": 2, "updated": 1, "unchanged": 1, "skipped": 0, "failed": 0}"#])
    #expect(child.status() == 0, "\(child.errorText)")
    #expect(try customers("name = 'Last'") == 1)
  }

  /// What is under way comes to its end, and the rest is imported later.
  @Test(arguments: [SIGINT, SIGTERM]) func endsBetweenPartsAtASignal(_ signal: Int32) throws {
    let count = 3_000
    let path = try files.file("in.ndjson", BulkFiles.rows(1...count))
    let arguments = ["import", "customers", path, "--part-rows", "50"] + files.options
    let child = try Child(arguments)
    try wait { try customers() > 100 }
    kill(child.pid, signal)
    #expect(child.lines() == [] && child.status() == 1)
    #expect(child.errorText == "deskpipe: stopped; --resume goes on from there\n")
    #expect(try customers() == noted("rows", beside: path))
    #expect(try customers() < count)
    let resumed = try Run(arguments + ["--resume"])
    let totals = #"{"rows": \#(count), "created": \#(count), "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}"#
    #expect(resumed.output == totals && resumed.status == 0, "\(resumed)")
  }

  /// However long a part takes that was sent when the signal came.
  @Test func waitsForAPartThatIsUnderWayWhenASignalComes() throws {
    _ = try files.run(["import", "customers", files.file("one.ndjson", BulkFiles.rows(1...1))])
    let holder = try files.desk.database.superuser()
    try holder.run("begin; select from customers where email = 'c1@bulk.example' for update")
    let changed = #"{"name":"Changed","email":"c1@bulk.example"}"# + "\n"
    let path = try files.file("in.ndjson", changed + BulkFiles.rows(2...10))
    let arguments = ["import", "customers", path, "--part-rows", "1"] + files.options
    let child = try Child(arguments)
    try wait { try customers() == 3 }
    kill(child.pid, SIGTERM)
    // Longer than the service gives what does not move once its input is over.
    poll(nil, 0, 3_000)
    try holder.run("commit")
    #expect(child.lines() == [] && child.status() == 1)
    #expect(child.errorText == "deskpipe: stopped; --resume goes on from there\n")
    #expect(noted("rows", beside: path) == 3)
    #expect(try customers("name = 'Changed'") == 1)
    let resumed = try Run(arguments + ["--resume"])
    #expect(resumed.output.contains(#""created": 9, "updated": 1"#) && resumed.status == 0, "\(resumed)")
  }

  /// Killed while it works on parts, or while the next one is still to be sent.
  @Test(arguments: [false, true]) func goesOnWhenTheServingProcessIsKilled(_ isIdle: Bool) throws {
    let count = 2_000
    let path = isIdle ? "-" : try files.file("in.ndjson", BulkFiles.rows(1...count))
    let child = try Child(["import", "customers", path, "--part-rows", "50"] + files.options)
    if isIdle { child.send(BulkFiles.rows(1...1_000)) }
    try wait { try customers() > (isIdle ? 900 : 100) }
    kill(try #require(child.children().first), SIGKILL)
    if isIdle { child.send(BulkFiles.rows(1_001...count)) }
    child.closeInput()
    let totals = #"{"rows": \#(count), "created": \#(count), "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}"#
    #expect(child.lines() == [totals] && child.status() == 0, "\(child.errorText)")
    #expect(try customers("version = 1") == count)
  }
}
