import JSON
import TestSupport
import Testing

@testable import Desk

/// Macros that do something, tried first and then for real.
@Suite struct MacroActionsTests {
  private static let ticket = "04065969-6f24-4c87-8524-64d7d91c08cc"

  private static func macro(_ members: String, in desk: TestDesk) throws -> String {
    let answer = try desk.call(
      "macros.create", #"{"title":"New","body":"Hello {{customer.name}}",\#(members)}"#, as: .agent)
    return try #require(answer.tree?["id"]?.string, "\(answer.json)")
  }

  /// The preview is what comes of it, to the last member but ids and times, and leaves nothing behind.
  @Test func previewsWhatItThenDoes() throws {
    let desk = try TestDesk.demo()
    let macro = try Self.macro(
      #""actions":{"status":"solved","priority":"low","assigned_to":"me","set_tags":["a","B"],"fields":{"bikes_owned":7}}"#,
      in: desk)
    let params = #"{"id":"\#(macro)","ticket_id":"\#(Self.ticket)"}"#
    let before = try desk.fingerprint()
    let preview = try #require(try desk.call("macros.preview", params, as: .agent).tree)
    #expect(try desk.fingerprint() == before)
    let done = try #require(try desk.call("macros.apply", params, as: .agent).tree)
    #expect(matches(done, preview), "\(done.json)\nis not\n\(preview.json)")
    #expect(
      done["ticket"]?["status"]?.string == "solved" && done["ticket"]?["assignee"]?["name"]?.string == "Priya Raman")
    #expect(done["message"]?["body"]?.string?.hasPrefix("Hello ") == true)
    let read = try desk.call("tickets.get", #"{"id":"\#(Self.ticket)"}"#, as: .agent).tree
    #expect(read == done["ticket"])
    let customer = try #require(read?["customer_id"]?.string)
    #expect(
      try desk.call("customers.get", #"{"id":"\#(customer)"}"#, as: .agent).tree?["fields"]?["bikes_owned"]
        == .number("7"))
    let used = try desk.call("macros.get", #"{"id":"\#(macro)"}"#, as: .agent).tree
    #expect(
      used?["usage_count"]?.integer == 1 && used?["last_used_at"]?.string != nil && used?["version"]?.integer == 1)
  }

  /// One action that cannot be done, and neither the text nor the others are there.
  @Test(arguments: [
    (#"{"priority":"low","assigned_to":"00000000-0000-7000-8000-000000000000"}"#, "assigned_to", "invalid"),
    (#"{"priority":"low","fields":{"none":1}}"#, "fields", "invalid"),
    (#"{"priority":"low","snooze_hours":1}"#, "snooze_hours", "rule"),
    (#"{"status":"open","assigned_to":"00000000-0000-7000-8000-000000000000"}"#, "assigned_to", "invalid"),
  ]) func doesAllOrNothing(_ actions: String, _ action: String, _ kind: String) throws {
    let desk = try TestDesk.demo()
    let macro = try Self.macro(#""actions":\#(actions)"#, in: desk)
    // A solved ticket does not sleep.
    if action == "snooze_hours" {
      _ = try desk.call("tickets.set_status", #"{"id":"\#(Self.ticket)","status":"solved"}"#, as: .agent)
    }
    let before = try desk.fingerprint()
    let params = #"{"id":"\#(macro)","ticket_id":"\#(Self.ticket)"}"#
    for method in ["macros.apply", "macros.preview"] {
      let answer = try desk.call(method, params, as: .agent)
      let data = answer.tree?["data"]
      #expect(answer.kind == kind && data?["path"]?.string == "/id", "\(answer.json)")
      #expect(data?["details"]?["action"]?.string == action)
    }
    #expect(try desk.fingerprint() == before)
  }

  /// Judged by what the ticket is afterwards, not by the order in which it is written.
  @Test func opensASolvedTicketForNobody() throws {
    let desk = try TestDesk.demo()
    let macro = try Self.macro(#""actions":{"assigned_to":null,"status":"open","snooze_hours":2}"#, in: desk)
    let solved = try desk.call("tickets.set_status", #"{"id":"\#(Self.ticket)","status":"solved"}"#, as: .agent)
    #expect(solved.tree?["assignee"]?["id"]?.string != nil, "\(solved.json)")
    let answer = try desk.call("macros.apply", #"{"id":"\#(macro)","ticket_id":"\#(Self.ticket)"}"#, as: .agent)
    let ticket = answer.tree?["ticket"]
    #expect(ticket?["status"]?.string == "open" && ticket?["assignee"] == .null, "\(answer.json)")
    #expect(ticket?["snoozed_until"]?.string != nil && ticket?["keep_snoozed"] == .bool(false))
  }

  @Test(arguments: [
    #"{"status":"closed"}"#, #"{"assigned_to":"nobody"}"#, #"{"set_tags":["a"],"add_tags":["b"]}"#,
    #"{"add_tags":[" "]}"#,
    #"{"snooze_hours":0}"#, #"{"close":true}"#, #"[{"status":"open"}]"#,
  ]) func refusesOtherActions(_ actions: String) throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("macros.create", #"{"title":"New","actions":\#(actions)}"#, as: .agent)
    #expect(answer.kind == "invalid_params", "\(answer.json)")
  }

  /// A macro for its maker is there for nobody else, whatever they ask.
  @Test func showsAMacroForItsMakerToThemOnly() throws {
    let desk = try TestDesk.demo()
    let macro = try Self.macro(#""visibility":"me""#, in: desk)
    #expect(try desk.call("macros.get", #"{"id":"\#(macro)"}"#, as: .agent).kind == nil)
    #expect(try desk.call("macros.list", #"{"text":"New"}"#, as: .agent).tree?["items"]?.elements?.count == 1)
    #expect(
      try desk.call("macros.list", #"{"text":"New","include_deleted":true}"#, as: .admin).tree?["items"]?.elements == []
    )
    for (method, rest) in [
      ("get", ""), ("update", #","title":"Mine""#), ("delete", ""), ("restore", ""), ("render", ticketID),
      ("apply", ticketID),
      ("preview", ticketID),
    ] {
      #expect(try desk.call("macros.\(method)", #"{"id":"\#(macro)"\#(rest)}"#, as: .admin).kind == "not_found")
    }
    let hers = #"{"id":"b358c7a1-3e02-469d-807a-42580624d9a4","visibility":"me"}"#
    #expect(try desk.call("macros.update", hers, as: .agent).kind == "forbidden")
  }

  private var ticketID: String { #","ticket_id":"\#(Self.ticket)""# }
}
