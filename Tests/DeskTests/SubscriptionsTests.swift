import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct SubscriptionsTests {
  private static let ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"

  private static func change(_ desk: TestDesk, as person: TestDesk.Person, to status: String) throws {
    let answer = try desk.call("tickets.set_status", #"{"id":"\#(ticket)","status":"\#(status)"}"#, as: person)
    guard case .result = answer else { throw TestFailure(answer.json) }
  }

  @Test func sendsWhatHappens() throws {
    let desk = try TestDesk.demo()
    let ear = try Ear(desk, as: .agent)
    try Self.change(desk, as: .admin, to: "solved")
    let event = try #require(try ear.hear(1).first)
    #expect(event["type"]?.string == "ticket.changed")
    #expect(event["new_values"]?["status"]?.string == "solved")
    // What it was sent goes no further than its cursor.
    #expect(try Feed(desk, as: .agent, behind: ear.cursor).read(until: 0).isEmpty)
  }

  @Test func goesOnFromACursorAndSendsEachEventOnce() throws {
    let desk = try TestDesk.demo()
    let feed = try Feed(desk, as: .agent)
    for status in ["solved", "open", "pending"] { try Self.change(desk, as: .agent, to: status) }
    let read = try feed.read(until: 3)
    let ears = try [Ear(desk, as: .agent, behind: feed.first), Ear(desk, as: .agent, behind: feed.first)]
    for ear in ears { #expect(try ear.hear(3) == read) }
    try Self.change(desk, as: .agent, to: "closed")
    for ear in ears { #expect(try ear.hear(4).count == 4) }
  }

  @Test func catchesUpWithAllThereIs() throws {
    let desk = try TestDesk.demo()
    let feed = try Feed(desk, as: .stranger, from: "beginning", limit: 100)
    let all = try feed.read(until: 300)
    // A transaction of another test may have held up what opening the session wrote.
    let heard = try Ear(desk, as: .stranger, behind: feed.first).hear(all.count)
    #expect(Array(heard.prefix(all.count)) == all)
  }

  @Test func narrowsToTypesAndTickets() throws {
    let desk = try TestDesk.demo()
    let types = try Ear(desk, as: .agent, #""types":["message.created"]"#)
    let other = try Ear(desk, as: .agent, #""ticket_id":"121d1e36-6e72-4d50-8b26-a0319f3ab03c""#)
    try Self.change(desk, as: .agent, to: "solved")
    let message = #"{"ticket_id":"\#(Self.ticket)","body":"Done."}"#
    #expect(try desk.call("messages.create", message, as: .agent).kind == nil)
    #expect(try types.hear(1).map { $0["type"]?.string } == ["message.created"])
    let far = #"{"id":"121d1e36-6e72-4d50-8b26-a0319f3ab03c","status":"pending"}"#
    #expect(try desk.call("tickets.set_status", far, as: .agent).kind == nil)
    #expect(try other.hear(1).map { $0["ticket_id"]?.string } == ["121d1e36-6e72-4d50-8b26-a0319f3ab03c"])
  }

  @Test func endsWhenItIsToldTo() throws {
    let desk = try TestDesk.demo()
    let (ear, witness) = try (Ear(desk, as: .agent), Ear(desk, as: .admin))
    let params = #"{"subscription":"\#(ear.handle)"}"#
    #expect(try desk.call("events.unsubscribe", params, as: .admin).kind == "not_found")
    #expect(try desk.call("events.unsubscribe", params, as: .agent).kind == nil)
    #expect(try desk.call("events.unsubscribe", params, as: .agent).kind == "not_found")
    try Self.change(desk, as: .agent, to: "solved")
    #expect(try witness.hear(1).count == 1)
    #expect(ear.heard.isEmpty)
  }

  @Test func endsWithTheCallThatMadeIt() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let line = desk.send(
      #"{"jsonrpc":"2.0","id":"s1","method":"events.subscribe","params":{"session":"\#(session)"}}"#)
    #expect(line.count == 1)
    let witness = try Ear(desk, as: .admin)
    _ = desk.send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"s1"}}"#)
    try Self.change(desk, as: .agent, to: "solved")
    #expect(try witness.hear(1).count == 1)
    #expect(desk.heard.count == 1)
  }

  @Test func isSilentWhileItsTokenHasExpired() throws {
    let desk = try TestDesk.demo()
    let ear = try Ear(desk, as: .agent)
    desk.wait(seconds: 70)
    let witness = try Ear(desk, by: try Self.freshSession(desk, .admin))
    try Self.change(desk, by: witness.session, to: "solved")
    #expect(try witness.hear(1).count == 1)
    #expect(ear.heard.isEmpty)
    let token = try TestDesk.token(TestDesk.Person.agent.subject, role: "agent", ahead: 70)
    let params = #"{"session":"\#(ear.session)","token":"\#(token)"}"#
    #expect(try desk.call("session.refresh", params).kind == nil)
    #expect(try ear.hear(1).count == 1)
  }

  @Test(arguments: [true, false]) func endsWithItsSession(_ isClosed: Bool) throws {
    let desk = try TestDesk.demo()
    let ear = try Ear(desk, as: .agent)
    if isClosed {
      #expect(try desk.call("session.close", #"{"session":"\#(ear.session)"}"#).kind == nil)
    } else {
      desk.wait(seconds: 3_800)
    }
    let witness = try Ear(desk, by: try Self.freshSession(desk, .admin, ahead: isClosed ? 0 : 3_800))
    try Self.change(desk, by: witness.session, to: "solved")
    #expect(try witness.hear(1).count == 1)
    #expect(ear.heard.isEmpty)
  }

  @Test func anotherOrganizationHearsNothing() throws {
    let desk = try TestDesk.demo()
    let (own, foreign) = try (Ear(desk, as: .agent), Ear(desk, as: .stranger))
    for status in ["solved", "open"] { try Self.change(desk, as: .agent, to: status) }
    #expect(try own.hear(2).count == 2)
    // What can be heard is the agent whom the stranger's session made.
    #expect(foreign.heard.allSatisfy { $0["type"]?.string == "agent.created" })
  }

  @Test func anAgentHearsLessThanAnAdmin() throws {
    let desk = try TestDesk.demo()
    let (admin, agent) = try (Ear(desk, as: .admin), Ear(desk, as: .agent))
    #expect(try desk.call("macros.create", #"{"title":"Hello","body":"Hello"}"#, as: .admin).kind == nil)
    try Self.change(desk, as: .agent, to: "solved")
    #expect(try admin.hear(2).map { $0["type"]?.string } == ["macro.created", "ticket.changed"])
    #expect(try agent.hear(1).map { $0["type"]?.string } == ["ticket.changed"])
  }

  @Test func isLimitedInNumber() throws {
    var limits = ServiceLimits()
    limits.subscriptions = 3
    limits.subscriptionsOfSession = 2
    let desk = try TestDesk(TestCluster.createDemoDatabase(), limits: limits)
    for person in [TestDesk.Person.agent, .agent, .admin] { _ = try Ear(desk, as: person) }
    for person in [TestDesk.Person.agent, .admin] {
      #expect(try desk.call("events.subscribe", as: person).kind == "subscription_limit")
    }
  }

  @Test func aCallThatCarriesATokenHasNoSubscription() throws {
    let desk = try TestDesk.demo()
    #expect(try desk.call("events.subscribe", #"{"token":"<token of agent>"}"#).kind == "unauthenticated")
  }

  @Test func refusesACursorOfAnotherDatabase() throws {
    let desk = try TestDesk.demo()
    let params = #"{"cursor":"1-0123456789abcdef-1-1"}"#
    #expect(try desk.call("events.subscribe", params, as: .agent).kind == "cursor_foreign")
  }

  /// Of whoever does not read, everything is too much.
  @Test func sendsASlowReaderToTheFeed() throws {
    var limits = ServiceLimits()
    limits.eventPause = -1
    let desk = try TestDesk(TestCluster.createDemoDatabase(), limits: limits)
    let ear = try Ear(desk, as: .agent)
    try Self.change(desk, as: .agent, to: "solved")
    let notice = try #require(try desk.hear { !$0.isEmpty }.first)
    #expect(notice["method"]?.string == "events.lagging")
    #expect(notice["params"]?["subscription"]?.string == ear.handle)
    let cursor = try #require(notice["params"]?["cursor"]?.string)
    #expect(try Feed(desk, as: .agent, behind: cursor).read(until: 1).count == 1)
    let params = #"{"subscription":"\#(ear.handle)"}"#
    #expect(try desk.call("events.unsubscribe", params, as: .agent).kind == "not_found")
  }

  private static func freshSession(_ desk: TestDesk, _ person: TestDesk.Person, ahead: Int = 70) throws -> String {
    let token = try TestDesk.token(person.subject, role: person.role, ahead: ahead)
    let answer = try desk.call("session.open", #"{"token":"\#(token)"}"#)
    return try #require(answer.tree?["session"]?.string)
  }

  private static func change(_ desk: TestDesk, by session: String, to status: String) throws {
    let params = #"{"session":"\#(session)","id":"\#(ticket)","status":"\#(status)"}"#
    let answer = try desk.call("tickets.set_status", params)
    guard case .result = answer else { throw TestFailure(answer.json) }
  }
}

/// One subscription, and what has been sent for it.
final class Ear {
  private let desk: TestDesk
  let session: String
  let handle: String
  private let start: String

  convenience init(_ desk: TestDesk, as person: TestDesk.Person, behind cursor: String? = nil, _ more: String = "")
    throws
  {
    try self.init(desk, by: desk.session(person), behind: cursor, more)
  }

  init(_ desk: TestDesk, by session: String, behind cursor: String? = nil, _ more: String = "") throws {
    self.desk = desk
    self.session = session
    let members =
      [#""session":"\#(session)""#] + (cursor.map { [#""cursor":"\#($0)""#] } ?? []) + (more.isEmpty ? [] : [more])
    let answer = try desk.call("events.subscribe", "{\(members.joined(separator: ","))}")
    handle = try #require(answer.tree?["subscription"]?.string, "\(answer.json)")
    start = try #require(answer.tree?["cursor"]?.string)
  }

  private var notices: [JSONTree] {
    desk.heard.filter { $0["method"]?.string == "events.events" && $0["params"]?["subscription"]?.string == handle }
  }

  var heard: [JSONTree] { notices.flatMap { $0["params"]?["items"]?.elements ?? [] } }

  /// The last cursor that was sent.
  var cursor: String { notices.last?["params"]?["cursor"]?.string ?? start }

  /// What was sent so far, at least so many.
  func hear(_ count: Int) throws -> [JSONTree] {
    _ = try desk.hear { _ in self.heard.count >= count }
    return heard
  }
}
