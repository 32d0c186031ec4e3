import Desk
import Foundation
import Glibc
import JSON
import Postgres
import TestSupport
import Testing

@testable import deskpipe

/// `deskpipe call` as a shell uses it: parameters as words, their completion, results that go on by themselves.
@Suite struct CallTests {
  @Test(
    arguments: [
      ("tickets.list", [], "{}"),
      ("tickets.list", ["status=open"], #"{"status":"open"}"#),
      ("tickets.list", ["status=open,pending"], #"{"status":["open","pending"]}"#),
      ("tickets.list", ["tags=vip"], #"{"tags":["vip"]}"#),
      ("tickets.list", ["tags=vip,2026", "limit=3"], #"{"tags":["vip","2026"],"limit":3}"#),
      ("tickets.list", ["limit:=3", "snoozed=true"], #"{"limit":3,"snoozed":true}"#),
      ("tickets.list", ["text=12", "query=a=b"], #"{"text":"12","query":"a=b"}"#),
      ("tickets.list", ["created_at.from=2026-01-01T00:00:00Z"], #"{"created_at":{"from":"2026-01-01T00:00:00Z"}}"#),
      ("tickets.assign", ["assigned_to=null", "id=x"], #"{"assigned_to":null,"id":"x"}"#),
      ("tickets.update", ["subject=null", "dry_run=true"], #"{"subject":"null","dry_run":true}"#),
      (
        "tickets.create", ["customer.email=a@b.c", "subject=\"Hi\"", "customer.name=A, B"],
        #"{"customer":{"email":"a@b.c","name":"A, B"},"subject":"\"Hi\""}"#
      ),
      ("tickets.update", ["metadata={\"a\":1}", "tags.add=x"], #"{"metadata":{"a":1},"tags":{"add":["x"]}}"#),
      (
        "tickets.update", [#"metadata={"n":123456789012345678901234567890}"#],
        #"{"metadata":{"n":123456789012345678901234567890}}"#
      ),
      ("no.method", ["a=1", "b=x", "c:=[1]"], #"{"a":1,"b":"x","c":[1]}"#),
    ])
  func takesWordsAsTheTypesOfTheirParametersSay(_ method: String, _ words: [String], _ json: String) throws {
    #expect(try CallParameters(method).json(words) == json)
  }

  @Test(arguments: [["x"], ["=x"], ["a..b=c"], ["a:=x"], ["a=1", "a=2"], ["a=1", "a.b=2"], ["a.b=2", "a=1"]])
  func refusesWordsThatAreNoParameters(_ words: [String]) {
    #expect(throws: Complaint.self) { try CallParameters("tickets.list").json(words) }
  }

  @Test(
    arguments: [
      (["deskpipe", "call", "tickets.count", ""], 3, "status="),
      (["deskpipe", "call", "--demo", "tickets.create", "subject=x", ""], 5, "customer.email="),
      (["deskpipe", "call", "tickets.update", "id=x", ""], 4, "tags.add="),
      (["deskpipe", "call", "tickets.update", "id=x", ""], 4, "idempotency_key="),
      (["deskpipe", "call", "tickets.list", "priority="], 3, "priority=urgent"),
      (["deskpipe", "call", "tickets.create", "message.as="], 3, "message.as=customer"),
      (["deskpipe", "call", "tickets.list", "snoozed="], 3, "snoozed=true"),
    ])
  func completesParametersAndTheirValues(_ words: [String], _ index: Int, _ word: String) {
    let found = CallCompletion.parameters(words, index)
    #expect(found.contains(word), "\(found)")
    #expect(Set(found).count == found.count, "\(found)")
    #expect(!found.contains { $0.hasPrefix("id=") && words.contains("id=x") })
  }

  /// Every method by its name, with every parameter of its own.
  @Test func completesWhatTheTableHas() {
    #expect(CallCompletion.methods() == Methods.all.map(\.name).sorted())
    for method in Methods.all {
      let found = CallCompletion.parameters(["deskpipe", "call", method.name, ""], 3)
      for member in method.params.properties {
        #expect(found.contains { $0 == member.name + "=" || $0.hasPrefix(member.name + ".") }, "\(method.name)")
      }
    }
    #expect(CallCompletion.parameters(["deskpipe", "call", ""], 2) == [])
  }

  @Test func completesAtOnce() throws {
    let clock = ContinuousClock.now
    let run = try Run(["---completion", "call", "--", "positional@0", "2", "0", "deskpipe", "call", ""])
    #expect(ContinuousClock.now - clock < .seconds(2))
    #expect(run.output.contains("tickets.set_status") && run.status == 0, "\(run)")
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func writesWhatAShellCompletesBy(_ shell: String) throws {
    let run = try Run(["completion", shell])
    #expect(run.status == 0 && run.errors == "")
    let words = ["bash": "compopt -o nospace", "zsh": "compadd -S ''", "fish": "complete -c"]
    #expect(run.output.contains(try #require(words[shell])) && run.output.contains("---completion call --"))
  }

  @Test func showsAResultAgainWheneverItIsAnotherOne() throws {
    let server = try EventServer()
    let id = "id=1c170f23-4a01-48ed-80e8-e0992d5bdad1"
    let result = try server.command(["call", "--watch", "tickets.get", id])
    let events = try server.command(["call", "--watch", "events.subscribe", "types=ticket"])
    #expect(try #require(result.line()).contains(#""priority":"high""#))
    for priority in ["low", "urgent"] {
      // The watch of events has no answer of its own to wait for.
      let noise = try server.command(["call", "customers.create", "name=\(priority)", "fields.plan=basic"])
      #expect(noise.lines().count == 1 && noise.status() == 0, "\(noise.errorText)")
      let write = try server.command(["call", "tickets.update", id, "priority=\(priority)"])
      #expect(write.lines().count == 1 && write.status() == 0, "\(write.errorText)")
      #expect(try #require(result.line()).contains(#""priority":"\#(priority)""#))
    }
    #expect(try #require(events.line()).hasPrefix(#"{"id": "1-"#))
    for child in [result, events] {
      kill(child.pid, SIGTERM)
      #expect(child.status() == 0, "\(child.errorText)")
    }
    let write = try server.command(["call", "--watch", "tickets.update", id])
    #expect(write.lines() == [] && write.status() == 2 && write.errorText.contains("only what reads can be watched"))
    let unknown = try server.command(["call", "--watch", "tickets.fly"])
    #expect(unknown.lines() == [] && unknown.status() == 1 && unknown.errorText.contains("method_not_found"))
  }

  /// However much has happened until there is time for another call, one is made for it.
  @Test func makesACallOnceForWhatHasHappenedMeanwhile() throws {
    let server = try EventServer()
    let watch = try server.command(["call", "--watch", "views.list"])
    _ = try #require(watch.line())
    let writer = try server.serve()
    writer.send(try EventServer.opening())
    _ = try #require(writer.line())
    poll(nil, 0, 300)
    kill(watch.pid, SIGSTOP)
    let count = 40
    for number in 0..<count {
      let params = #"{"name":"C\#(number)","fields":{"plan":"basic"}}"#
      writer.send(#"{"jsonrpc":"2.0","id":1,"method":"customers.create","params":\#(params)}"# + "\n")
      #expect(try #require(writer.line()).contains("result"))
      // Notices of writes are ten a second.
      poll(nil, 0, 100)
    }
    kill(watch.pid, SIGCONT)
    poll(nil, 0, 1_000)
    kill(watch.pid, SIGTERM)
    #expect(watch.status() == 0, "\(watch.errorText)")
    // What a backend has read is told when it ends.
    poll(nil, 0, 1_000)
    let scans = try server.session().value(
      "select sum(seq_scan + coalesce(idx_scan, 0)) from pg_stat_user_tables where relname = 'ticket_views'")
    let calls = try #require(scans.flatMap { Int($0) })
    #expect((2..<count).contains(calls), "\(calls)")
  }

  /// PostgreSQL restarts, then the processes that serve are killed: what happened meanwhile is shown, and what does then.
  @Test func goesOnThroughRestartsOfTheDatabaseAndOfTheServingProcess() throws {
    let server = try EventServer()
    let id = "id=1c170f23-4a01-48ed-80e8-e0992d5bdad1"
    let result = try server.command(["call", "--watch", "tickets.get", id])
    let events = try server.command(["call", "--watch", "events.subscribe", "types=ticket"])
    #expect(try #require(result.line()).contains(#""priority":"high""#))
    let write = { (priority: String) in
      let write = try server.command(["call", "tickets.update", id, "priority=\(priority)"])
      #expect(write.lines().count == 1 && write.status() == 0, "\(write.errorText)")
    }
    // The watch of events has no answer of its own to wait for: it is there when it shows something.
    try write("normal")
    poll(nil, 0, 300)
    try write("low")
    while !(try #require(events.line())).contains(#""low""#) {}
    while !(try #require(result.line())).contains(#""priority":"low""#) {}

    try server.restart()
    try write("urgent")
    #expect(try #require(result.line(within: 30)).contains(#""priority":"urgent""#))
    #expect(try #require(events.line(within: 30)).contains(#""urgent""#))
    for child in [result, events] {
      let serving = try #require(child.children().first)
      kill(serving, SIGKILL)
    }
    try write("high")
    #expect(try #require(result.line(within: 30)).contains(#""priority":"high""#))
    #expect(try #require(events.line(within: 30)).contains(#""high""#))
    for child in [result, events] {
      #expect(child.status(within: 0) == nil)
      let serving = child.children()
      #expect(serving.count == 1)
      kill(child.pid, SIGTERM)
      #expect(child.status() == 0, "\(child.errorText)")
      // What served it is gone with it.
      let end = ContinuousClock.now + .seconds(5)
      while serving.contains(where: { kill($0, 0) == 0 }), ContinuousClock.now < end { poll(nil, 0, 10) }
      #expect(!serving.contains { kill($0, 0) == 0 })
    }
  }

  @Test(
    arguments: [
      ("{}", nil, ""), (#"{"types":["ticket"],"cursor":"1-a"}"#, "1-a", #""types":["ticket"],"#),
    ] as [(String, String?, String)])
  func followsAFeedFromWhereItsParametersSay(_ params: String, _ cursor: String?, _ filter: String) {
    let feed = CallWatch.feed(params)
    #expect(feed.cursor == cursor && feed.filter == filter)
  }
}
