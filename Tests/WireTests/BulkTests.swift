import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// `import` and `export` as their users meet them: files, exit codes, interruptions.
@Suite struct BulkTests {
  private let files: BulkFiles

  init() throws { files = try BulkFiles() }

  @Test func importsLinesAndTellsWhatIsWrongWithThem() throws {
    let rubbish = [
      "not json", "[]", "5", #"{"name":"\u0000","fields":{"plan":"basic"}}"#, #"{"name":"X","fields":{"plan":"gold"}}"#,
      #"{"name":"X","colour":"red"}"#, #"{"name":"X"}"#, "",
    ]
    let path = try files.file(
      "in.ndjson", BulkFiles.rows(1...3) + rubbish.joined(separator: "\n") + "\n" + BulkFiles.rows(3...4))
    let errors = files.folder.appending(path: "errors").path
    let run = try files.run(["import", "customers", path, "--errors", errors, "--part-rows", "4"])
    #expect(run.output == #"{"rows": 12, "created": 4, "updated": 0, "unchanged": 1, "skipped": 0, "failed": 7}"#)
    #expect(run.status == 3, "\(run.errors)")
    let told = try String(contentsOfFile: errors, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(told.count == 7)
    #expect(told.first == #"{"row":4,"kind":"invalid_params","path":"","message":"The row is not JSON at byte 1."}"#)
    #expect(told.last == #"{"row":10,"kind":"invalid","path":"/fields/plan","message":"This field is required."}"#)
    #expect(try files.value("select count(*) from customers where email like '%@bulk.example'") == "4")
    #expect(!FileManager.default.fileExists(atPath: path + ".deskpipe-import"))
  }

  @Test func importsCSVFromStdin() throws {
    let text =
      "email;name;fields.plan;fields.bikes_owned;metadata.city\r\n"
      + "d1@bulk.example;\"Doe; Jane\";basic;2;Ulm\r\nd2@bulk.example;;plus;two;\r\nd3@bulk.example;D;plus;;\r\n"
    let run = try files.run(
      ["import", "customers", "-", "--format", "csv", "--separator", ";", "--on-conflict", "error"], input: text)
    #expect(run.output == #"{"rows": 3, "created": 2, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 1}"#)
    #expect(run.errors == "row 2, fields/bikes_owned: This field takes a number.\n" && run.status == 3)
    #expect(
      try files.value("select concat_ws(' ', name, metadata) from customers where email = 'd1@bulk.example'")
        == #"Doe; Jane {"city": "Ulm"}"#)
  }

  @Test(arguments: [["--part-rows", "0"], ["--separator", "::"], ["--format", "xml"], ["--on-conflict", "merge"]])
  func refusesACommandLine(_ options: [String]) throws {
    #expect(try files.run(["import", "customers", "-"] + options).status == 2)
  }

  @Test func refusesWhatItCannotReadOrGoOnWith() throws {
    let path = try files.file("in.csv", "nickname\nX\n")
    #expect(try files.run(["import", "customers", files.folder.appending(path: "none").path]).status == 2)
    #expect(try files.run(["import", "customers", path]).errors.contains("there is no column nickname"))
    #expect(try files.run(["import", "customers", "-", "--resume"]).status == 2)
    #expect(try files.run(["export", "customers", path]).errors.contains("cannot write"))
    #expect(try files.run(["export", "customers", path, "--resume"]).status == 2)
  }

  /// Killed as soon as some parts are in, then resumed: every row is there once, and counted once.
  @Test(arguments: [1, 3, 7]) func goesOnAfterBeingKilled(_ parts: Int) throws {
    let count = 2_000
    let path = try files.file("in.ndjson", BulkFiles.rows(1...count))
    let arguments = ["import", "customers", path, "--part-rows", "50", "--config", files.desk.settings.path]
    let child = try Child(arguments)
    let session = try files.desk.database.superuser()
    let end = Clock.now + 30_000_000_000
    while Clock.now < end, child.status(within: 0) == nil {
      let there = try session.value("select count(*) from customers where email like '%@bulk.example'") ?? ""
      if Int(there) ?? 0 >= parts * 50 { break }
    }
    kill(child.pid, SIGKILL)
    #expect(child.status() == SIGKILL)
    #expect(try files.run(["import", "customers", path, "--part-rows", "50"]).status == 2)
    let resumed = try Run(arguments + ["--resume"])
    #expect(
      resumed.output
        == #"{"rows": \#(count), "created": \#(count), "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}"#,
      "\(resumed.errors)")
    #expect(resumed.status == 0)
    #expect(
      try files.value("select count(*) from customers where email like '%@bulk.example' and version = 1") == "\(count)")
  }

  @Test func exportsWhatCanBeImportedAgain() throws {
    for form in ["ndjson", "csv"] {
      let path = files.folder.appending(path: "out.\(form)").path
      #expect(try files.run(["export", "customers", path]).status == 0)
      let again = try files.run(["import", "customers", path])
      #expect(again.output == #"{"rows": 36, "created": 0, "updated": 0, "unchanged": 36, "skipped": 0, "failed": 0}"#)
      #expect(again.status == 0, "\(again.errors)")
    }
    let tickets = try files.run(["export", "tickets"]).output.split(separator: "\n")
    #expect(
      String(tickets.count)
        == (try files.value(
          "select count(*) from tickets t join organizations o on o.id = t.organization_id where o.clerk_id = '\(DemoDesk.organization)' and t.deleted_at is null"
        )))
    let table = files.folder.appending(path: "tickets.csv").path
    #expect(try files.run(["export", "tickets", table]).status == 0)
    #expect(try String(contentsOfFile: table, encoding: .utf8).hasPrefix("id,number,subject,status,"))
  }

  /// Customers with addresses, ids of other systems and handles of chats, from one desk to another, in either form.
  @Test(arguments: ["ndjson", "csv"]) func takesEveryIdentityToAnotherDesk(_ form: String) throws {
    let rows = (1...40).map { number in
      let others =
        #"{"kind":"external_id","value":"crm, \#(number)"},{"kind":"email","value":"i\#(number)@home.example"}"#
      let email = number % 2 == 0 ? #""email":"I\#(number)@bulk.example","# : ""
      return
        #"{"name":"Customer \#(number)",\#(email)"identities":[\#(others),{"kind":"chat","value":"irc:\#(number)"}],"#
        + #""fields":{"plan":"basic"}}"# + "\n"
    }
    let given = try files.file("given.ndjson", rows.joined())
    let first = try files.run(["import", "customers", given, "--part-rows", "7"])
    #expect(first.output.hasPrefix(#"{"rows": 40, "created": 40, "#), "\(first)")
    let path = files.folder.appending(path: "out.\(form)").path
    #expect(try files.run(["export", "customers", path]).status == 0)
    let other = try BulkFiles()
    let second = try other.run(["import", "customers", path])
    #expect(
      second.output == #"{"rows": 76, "created": 40, "updated": 0, "unchanged": 36, "skipped": 0, "failed": 0}"#)
    let people = """
      select string_agg(concat_ws(' ', c.name, c.email, c.fields, (
               select jsonb_agg(i.value - 'created_at' order by i.value ->> 'value')
                 from jsonb_array_elements(c.identities) as i)), ',' order by c.name)
        from desk.customer_detail c where c.name like 'Customer %'
      """
    let (here, there) = (try files.value(people), try other.value(people))
    #expect(
      here == there && here?.contains(#"{"kind": "external_id", "value": "crm, 7", "is_primary": false}"#) == true)
    let again = try files.run(["import", "customers", path])
    #expect(again.output == #"{"rows": 76, "created": 0, "updated": 0, "unchanged": 76, "skipped": 0, "failed": 0}"#)
  }

  @Test func goesOnWithAnExportWhereItStopped() throws {
    try fill(3_000)
    let whole = files.folder.appending(path: "whole").path
    #expect(try files.run(["export", "customers", whole]).status == 0)
    let expected = try String(contentsOfFile: whole, encoding: .utf8)
    // As it is found after the first part: what came of a second one is cut off.
    let serving = try files.desk.serve()
    serving.send(#"{"jsonrpc":"2.0","id":1,"method":"customers.export","params":{"part_bytes":100000}}"# + "\n")
    let part = try #require(serving.line())
    let object = try #require(try JSONSerialization.jsonObject(with: Data(part.utf8)) as? [String: Any])
    let params = try #require(object["params"] as? [String: Any])
    let exported = try #require(params["exported"] as? Int)
    let cursor = try #require(params["cursor"] as? String)
    let kept = expected.split(separator: "\n").prefix(exported).map { $0 + "\n" }.joined()
    let path = try files.file("out", kept + "{\"id\": \"half a li")
    _ = try files.file(
      "out.deskpipe-export", #"{"bytes":\#(kept.utf8.count),"exported":\#(exported),"cursor":"\#(cursor)"}"#)
    #expect(try files.run(["export", "customers", path, "--resume"]).status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == expected)
  }

  /// A signal is no end of an export; and what was cut off is not gone on with.
  @Test func anExportThatIsKilledSaysSo() throws {
    let holder = try files.desk.database.superuser()
    try holder.run("begin; lock table customers in access exclusive mode")
    let path = files.folder.appending(path: "out").path
    let child = try Child(["export", "customers", path] + files.options)
    while unsafe access(path, F_OK) != 0 { poll(nil, 0, 1) }
    kill(child.pid, SIGTERM)
    #expect(child.status() == SIGTERM)
    try holder.run("rollback")
    _ = try files.file("out.deskpipe-export", #"{"bytes":1000000000,"exported":1,"cursor":"1"}"#)
    let short = try files.run(["export", "customers", path, "--resume"])
    #expect(short.status == 2 && short.errors.contains("is shorter than it was"), "\(short)")
  }

  @Test(arguments: ["import", "export"]) func saysWhatTheDeskRefuses(_ command: String) throws {
    let stranger = try Desk()
    let path = try files.file("in.csv", "name\nX\n")
    let run = try Run(
      [command, "customers", command == "import" ? path : path + ".out.csv", "--config", stranger.settings.path])
    #expect(run.status == 1 && run.output == "")
    #expect(run.errors.hasPrefix("deskpipe: ") && run.errors.contains("session"), "\(run)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  /// Nobody reads: what is exported stays in the database, however much it is.
  @Test func keepsNothingForASlowReader() throws {
    try fill(60_000)
    let child = try files.desk.serve()
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"# + "\n")
    _ = child.line()
    child.send(
      #"{"jsonrpc":"2.0","id":"slow","method":"customers.export","params":{"part_bytes":1048576}}"# + "\n")
    let busy = try files.desk.database.superuser()
    let end = Clock.now + 3_000_000_000
    while Clock.now < end { _ = try busy.value("select pg_sleep(0.2)") }
    #expect(try #require(Self.peak(of: child)) < 60_000)
    // It can be given up, and something else is served meanwhile.
    child.send(
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"slow"}}"# + "\n"
        + #"{"jsonrpc":"2.0","id":2,"method":"system.ping"}"# + "\n")
    var answers: [String] = []
    while answers.count < 2, let line = child.line(within: 30) {
      if !line.contains("export.part") { answers.append(line) }
    }
    #expect(answers.contains { $0.contains("-32800") } && answers.contains { $0.contains("pong") })
    child.closeInput()
    #expect(child.status() == 0)
  }

  private static let isLong = unsafe getenv("DESKPIPE_LONG") != nil

  /// A file of many rows goes in and comes out within the memory that a small one takes.
  @Test func needsNoMoreMemoryForManyRows() throws {
    let count = Self.isLong ? 1_000_000 : 20_000
    let path = files.folder.appending(path: "many.ndjson").path
    try Self.write(count, to: path)
    let (imported, taking) = try watch(["import", "customers", path])
    #expect(imported.hasPrefix(#"{"rows": \#(count), "created": \#(count),"#))
    let out = files.folder.appending(path: "out.ndjson").path
    let (_, writing) = try watch(["export", "customers", out])
    #expect(try Self.lines(of: out) == count + 36)
    #expect(taking < 80_000 && writing < 80_000, "\(taking) and \(writing) kB")
  }

  private static func write(_ count: Int, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil) else { throw POSIXError(.EIO) }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    let text = String(repeating: "x", count: 300)
    for start in stride(from: 1, through: count, by: 10_000) {
      let rows = (start...min(count, start + 9_999)).map {
        #"{"name":"Customer \#($0)","email":"m\#($0)@bulk.example","metadata":{"t":"\#(text)"},"fields":{"plan":"basic"}}"#
          + "\n"
      }
      try handle.write(contentsOf: Data(rows.joined().utf8))
    }
    try handle.close()
  }

  private static func lines(of path: String) throws -> Int {
    let handle = try #require(FileHandle(forReadingAtPath: path))
    var count = 0
    while let data = try handle.read(upToCount: 1 << 20), !data.isEmpty { count += data.count { $0 == 0x0A } }
    return count
  }

  /// Runs a command to its end; answers what it printed and the most memory it was seen to have, in kB.
  private func watch(_ arguments: [String]) throws -> (output: String, peak: Int) {
    let child = try Child(arguments + ["--config", files.desk.settings.path])
    var peak = 0
    while child.status(within: 0.05) == nil { peak = max(peak, Self.peak(of: child) ?? 0) }
    #expect(child.status() == 0, "\(child.errorText)")
    return (child.lines().joined(), peak)
  }

  /// VmHWM, in kB.
  private static func peak(of child: Child) -> Int? {
    let status = (try? String(contentsOfFile: "/proc/\(child.pid)/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }.flatMap {
      $0.split(separator: " ").dropLast().last.flatMap { Int($0) }
    }
  }

  /// Customers of 300 bytes each, without the triggers.
  private func fill(_ count: Int) throws {
    try files.desk.database.superuser().run(
      """
      set session_replication_role = replica;
      insert into public.customers (organization_id, name, email, metadata)
      select o.id, 'Customer ' || i, 'f' || i || '@bulk.example', jsonb_build_object('text', repeat('x', 100))
        from organizations o cross join generate_series(1, \(count)) as i
       where o.clerk_id = '\(DemoDesk.organization)'
      """)
  }
}
