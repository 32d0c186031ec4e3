import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct EventsTests {
  @Test(arguments: ["", "1", "1-", "x-0123456789abcdef-1-1", "1-0123456789abcde-1-1", "1-0123456789abcdef-1"])
  func refusesACursorThatIsNone(_ text: String) {
    #expect(
      throws: Failure(.invalidParams, "cursor is not one of the feed; leave it out to start now", path: "/cursor")
    ) { try EventCursor(text) }
  }

  @Test(arguments: [
    "1-0123456789ABCDEF-1-1", "1-0123456789abcdef--1-1", "1-0123456789abcdef-1--1", "1-0123456789abcdef-1-1-1",
    "1-0123456789abcdef-18446744073709551616-1", "1-0123456789abcdef-1-9223372036854775808", "0-0123456789abcdef-1-1",
  ]) func refusesACursorThatIsNoneOfThis(_ text: String) {
    #expect(throws: Failure.self) { try EventCursor(text) }
  }

  @Test func refusesACursorOfALaterVersion() {
    let failure = Failure(.cursorForeign, "The cursor comes from another version of deskpipe.", path: "/cursor")
    #expect(throws: failure) { try EventCursor("2-anything") }
  }

  @Test(
    arguments: [
      (#"{"types":["ticket","ticket.created","email_account.changed"]}"#, nil),
      (#"{"types":["ticket.*"]}"#, "/types/0"), (#"{"types":["ticket","a.b.c"]}"#, "/types/1"),
      (#"{"types":["a,b"]}"#, "/types/0"), (#"{"types":[""]}"#, "/types/0"), (#"{"types":["Ticket"]}"#, "/types/0"),
      (#"{"types":"ticket"}"#, "/types"), (#"{"from":"end"}"#, "/from"), (#"{"limit":101}"#, "/limit"),
      (#"{"from":"now","cursor":"1-0123456789abcdef-1-1"}"#, "/from"),
    ] as [(String, String?)]) func looksAtItsParameters(_ params: String, _ path: String?) throws
  {
    let desk = try TestDesk.demo()
    let answer = try desk.call("events.since", params, as: .agent)
    #expect(answer.tree?["data"]?["path"]?.string == path)
  }

  @Test func tellsWhatHappensFromNowOn() throws {
    let desk = try TestDesk.demo()
    let feed = try Feed(desk, as: .agent)
    let params = #"{"id":"1c170f23-4a01-48ed-80e8-e0992d5bdad1","status":"solved"}"#
    let ticket = try #require(try desk.call("tickets.set_status", params, as: .agent).tree)
    let events = try feed.read(until: 1)
    let event = try #require(events.first)
    #expect(events.count == 1)
    #expect(event["type"]?.string == "ticket.changed")
    #expect(event["object_id"] == ticket["id"])
    #expect(event["ticket_id"] == ticket["id"])
    #expect(event["version"] == ticket["version"])
    #expect(event["actor"]?["type"]?.string == "agent")
    #expect(event["old_values"]?["status"]?.string == "open")
    #expect(event["new_values"]?["status"]?.string == "solved")
    #expect(event["truncated"]?.json == "false")
    // An event's id stands for what came after it.
    let behind = try desk.call("events.since", #"{"cursor":\#(try #require(event["id"]).json)}"#, as: .agent)
    #expect(behind.tree?["items"]?.elements?.isEmpty == true)
  }

  /// The demo desk came in one transaction, which no page holds.
  @Test(arguments: [TestDesk.Person.admin, .agent, .stranger])
  func tellsTheWholeHistoryOnce(_ person: TestDesk.Person) throws {
    let desk = try TestDesk.demo()
    // A session may make its agent.
    let feed = try Feed(desk, as: person, from: "beginning", limit: 100)
    let kinds =
      person == .agent ? "('ticket', 'message', 'customer')" : "(select object_kind from desk.audit_records)"
    let expected = try desk.database.superuser().query(
      """
      select a.xid::text || '-' || a.seq
        from desk.audit_records a
        join public.organizations o on o.id = a.organization_id and o.clerk_id = $1
       where a.object_kind in \(kinds)
       order by a.xid, a.seq
      """, [person.organization])
    let found = try feed.read(until: expected.count)
    #expect(found.map(\.position) == expected.map { $0[0] })
    #expect(feed.pages > 10)
    #expect(feed.largest <= Page.maximumBytes)
  }

  @Test func aPageEndsBetweenTransactions() throws {
    let desk = try TestDesk.demo()
    let behind = try Feed(desk, as: .admin)
    let owner = try desk.database.superuser()
    for size in [3, 3, 1, 6, 2] {
      try owner.run(
        """
        update public.tickets t set subject = subject || '.'
         where t.id in (
           select t.id from public.tickets t join public.organizations o on o.id = t.organization_id
            where o.clerk_id = '\(DemoDesk.organization)' order by t.id limit \(size))
        """)
    }
    #expect(try behind.read(until: 15).count == 15)
    // Now that all of it can be read: six are more than a page holds, so that they begin one and go on in the next.
    let feed = try Feed(desk, as: .admin, behind: behind.first, limit: 4)
    #expect(try feed.read(until: 15).count == 15)
    #expect(feed.sizes == [3, 4, 4, 4])
  }

  @Test func narrowsToTypesAndTickets() throws {
    let desk = try TestDesk.demo()
    let ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"
    let all = try Feed(desk, as: .admin, from: "beginning", limit: 100, #""ticket_id":"\#(ticket)""#).read(until: 2)
    #expect(all.allSatisfy { $0["ticket_id"]?.string == ticket })
    #expect(Set(all.compactMap { $0["type"]?.string }) == ["ticket.created", "ticket.changed", "message.created"])
    let rare = try Feed(desk, as: .admin, from: "beginning", limit: 100, #""types":["email_account","macro.created"]"#)
    let found = try rare.read(until: 1)
    #expect(Set(found.compactMap { $0["object_kind"]?.string }) == ["email_account", "macro"])
    for _ in 0..<9 { try desk.database.superuser().run("update public.tickets set subject = subject || '.'") }
    _ = try Feed(desk, as: .admin, from: "beginning", limit: 100, #""types":["ticket.changed"]"#).read(until: 1_800)
    let none = try Feed(desk, as: .admin, from: "beginning", limit: 100, #""types":["ticket.purged"]"#)
    #expect(try none.read(until: 0).isEmpty)
    // The reach of a page ends before the history does.
    #expect(none.pages > 1)
  }

  @Test func cutsWhatIsLong() throws {
    let desk = try TestDesk.demo()
    let feed = try Feed(desk, as: .agent)
    let body = String(repeating: "é", count: 200_000)
    let params = #"{"ticket_id":"1c170f23-4a01-48ed-80e8-e0992d5bdad1","body":"\#(body)"}"#
    #expect(try desk.call("messages.create", params, as: .agent).kind == nil)
    let event = try #require(try feed.read(until: 2).first { $0["type"]?.string == "message.created" })
    #expect(event["new_values"]?["body"]?.string == String(repeating: "é", count: 4_000))
    #expect(event["truncated"]?.json == "true")
  }

  @Test func refusesACursorOfAnotherDesk() throws {
    let (desk, other) = try (TestDesk.demo(), TestDesk.demo())
    // Both are copies of one.
    try other.database.superuser().run("update desk.feed set id = '0123456789abcdef'")
    let cursor = try Feed(desk, as: .agent).cursor
    #expect(try desk.call("events.since", #"{"cursor":"\#(cursor)"}"#, as: .agent).kind == nil)
    #expect(try other.call("events.since", #"{"cursor":"\#(cursor)"}"#, as: .agent).kind == "cursor_foreign")
    // A position that a standby never heard of before it took over.
    let parts = cursor.split(separator: "-")
    let ahead = "\(parts[0])-\(parts[1])-\(UInt64(1) << 62)-0"
    #expect(try desk.call("events.since", #"{"cursor":"\#(ahead)"}"#, as: .agent).kind == "cursor_foreign")
  }

  @Test func anotherOrganizationHearsNothing() throws {
    let desk = try TestDesk.demo()
    let (own, foreign) = try (Feed(desk, as: .agent), Feed(desk, as: .stranger))
    let params = #"{"id":"1c170f23-4a01-48ed-80e8-e0992d5bdad1","status":"solved"}"#
    #expect(try desk.call("tickets.set_status", params, as: .agent).kind == nil)
    #expect(try own.read(until: 1).count == 1)
    // What can be there is the agent whom the stranger's session made.
    #expect(try foreign.read(until: 0).allSatisfy { $0["type"]?.string == "agent.created" })
    let stolen = try Feed(desk, as: .stranger, behind: own.first).read(until: 0)
    #expect(stolen.allSatisfy { $0["type"]?.string == "agent.created" })
  }
}

/// The feed of a person, read from page to page.
final class Feed {
  private let desk: TestDesk
  private let person: TestDesk.Person
  private let rest: String
  /// Where it began.
  let first: String
  private(set) var cursor: String
  private(set) var pages = 0
  private(set) var sizes: [Int] = []
  /// The bytes of the largest page's items.
  private(set) var largest = 0

  init(
    _ desk: TestDesk, as person: TestDesk.Person, from start: String = "now", behind: String? = nil, limit: Int = 25,
    _ more: String = ""
  ) throws {
    self.desk = desk
    self.person = person
    rest = "\"limit\":\(limit)" + (more.isEmpty ? "" : "," + more)
    // A position before everything is had by way of one that is known.
    let now = try Self.page(desk, person, "{}")
    let known = try #require(now["cursor"]?.string)
    let parts = known.split(separator: "-")
    cursor = behind ?? (start == "now" ? known : "\(parts[0])-\(parts[1])-0-0")
    first = cursor
  }

  private static func page(_ desk: TestDesk, _ person: TestDesk.Person, _ params: String) throws -> JSONTree {
    let answer = try desk.call("events.since", params, as: person)
    guard case .result = answer, let tree = answer.tree else { throw TestFailure("events.since: \(answer.json)") }
    return tree
  }

  /// One page.
  func next() throws -> (items: [JSONTree], hasMore: Bool) {
    let page = try Self.page(desk, person, "{\"cursor\":\"\(cursor)\",\(rest)}")
    cursor = try #require(page["cursor"]?.string)
    let items = try #require(page["items"]?.elements)
    pages += 1
    sizes.append(items.count)
    largest = max(largest, items.count == 1 ? 0 : page["items"]?.json.utf8.count ?? 0)
    return (items, page["has_more"]?.json == "true")
  }

  /// Reads to the end, and on until there were so many: a transaction of another test holds the feed up.
  func read(until count: Int) throws -> [JSONTree] {
    var found: [JSONTree] = []
    let end = Clock.now + 60_000_000_000
    repeat {
      let (items, hasMore) = try next()
      found += items
      if !hasMore, found.count >= count { return found }
    } while Clock.now < end
    throw TestFailure("\(found.count) of \(count) events")
  }
}

extension JSONTree {
  /// `xid-seq` of an event.
  var position: String? { self["id"]?.string?.split(separator: "-").dropFirst(2).joined(separator: "-") }
}
