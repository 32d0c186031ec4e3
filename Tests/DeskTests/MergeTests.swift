import Foundation
import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Tickets that are merged, taken apart and split: no message is lost, none is there twice.
@Suite struct MergeTests {
  private static let isLong = ProcessInfo.processInfo.environment["DESKPIPE_LONG"] != nil

  /// Several clients at once merge, unmerge, split, write, delete and restore on a few tickets, at random.
  @Test(arguments: isLong ? Array(1...20) : [1, 2]) func keepsEveryMessageOnce(_ seed: UInt64) throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let admin = try desk.session(.admin)
    var random = SplitMix64(seed: seed)
    var tickets = try (0..<6).map { try Self.ticket("Ticket \($0)", in: desk) }
    var said: [String] = []
    var messages: [(id: String, ticket: String)] = []
    var outcomes: [String: Int] = [:]
    var id = 0
    for _ in 0..<(Self.isLong ? 150 : 25) {
      // All at once; the desk decides who comes first.
      let lines = (0..<8).map { _ in
        id += 1
        let ticket = random.pick(tickets)
        let (method, params) = random.action(
          on: ticket, among: tickets, splittingAt: messages.randomElement(using: &random), word: "said-\(seed)-\(id)")
        if method == "messages.create" { said.append("said-\(seed)-\(id)") }
        let handle = method.hasSuffix("delete") || method.hasSuffix("restore") ? admin : session
        return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"session":"\#(handle)",\#(params)}}"#
      }
      for line in desk.send(lines, until: .max) {
        let answer = try #require(JSONTree(line))
        let kind = answer["error"]?["data"]?["kind"]?.string ?? "done"
        outcomes[kind, default: 0] += 1
        #expect(["done", "rule", "not_found", "busy"].contains(kind), "\(line)")
        // What was not written is not to be found.
        if kind != "done", let number = answer["id"]?.integer { said.removeAll { $0 == "said-\(seed)-\(number)" } }
        if let message = answer["result"]?["id"]?.string, let ticket = answer["result"]?["ticket_id"]?.string {
          messages.append((message, ticket))
        }
        if answer["result"]?["split_from"]?.string != nil, tickets.count < 12, let new = answer["result"]?["id"]?.string
        {
          tickets.append(new)
        }
      }
    }
    #expect(outcomes["done", default: 0] > 50, "\(outcomes)")
    try Self.check(desk.database.superuser(), said)
  }

  /// What has to be true of all tickets, whatever was done to them.
  private static func check(_ session: Session, _ said: [String]) throws {
    let found = try session.query("select body from ticket_messages where body like 'said-%'").compactMap { $0[0] }
    #expect(found.sorted() == said.sorted())
    for (complaint, query) in [
      (
        "a merged ticket has messages",
        "join ticket_messages m on m.ticket_id = t.id where t.merged_into is not null and m.metadata ->> 'event' is null"
      ),
      ("a merged ticket is not closed", "where t.merged_into is not null and t.status <> 'closed'"),
      (
        "a message is elsewhere than its path ends",
        """
        join ticket_messages m on m.ticket_id = t.id
        cross join unnest(m.merge_path) with ordinality p (id, n)
        join tickets s on s.id = p.id
        where s.merged_into is distinct from coalesce(m.merge_path[p.n + 1], t.id)
        """
      ),
      (
        "a ticket is searched for other messages than it has",
        """
        where (select array_agg(m.id order by m.id) from ticket_messages m where m.ticket_id = t.id and m.deleted_at is null)
              is distinct from
              (select array_agg(d.source_id order by d.source_id) from desk.search_documents d
                where d.ticket_id = t.id and d.source_id <> t.id)
        """
      ),
      (
        "a ticket's replies are not those of its messages",
        """
        where concat_ws(' ', t.first_reply_at, t.last_reply_at) is distinct from (
          select concat_ws(' ', min(m.created_at), max(m.created_at)) from ticket_messages m
           where m.ticket_id = t.id and m.sender_type = 'agent' and not m.is_internal and m.deleted_at is null)
          and t.subject like 'Ticket %'
        """
      ),
      (
        "an undone merge is not over",
        """
        where (t.merged_into is not null) <> exists (
          select from desk.ticket_merges g where g.source_id = t.id and g.undone_at is null)
        """
      ),
    ] {
      #expect(try session.query("select t.id from tickets t \(query)").compactMap { $0[0] } == [], "\(complaint)")
    }
  }

  private static func ticket(_ subject: String, in desk: TestDesk) throws -> String {
    let customer = "\(subject.filter(\.isNumber))@example.net"
    let answer = try desk.call(
      "tickets.create",
      #"{"subject":"\#(subject)","customer":{"email":"\#(customer)","fields":{"plan":"none"}}}"#, as: .agent)
    return try #require(answer.tree?["id"]?.string, "\(answer.json)")
  }

  /// Two who merge each other's ticket into their own at once: one does, the other is told.
  @Test func mergesOneWayOnly() throws {
    let desk = try TestDesk.demo()
    let (one, other) = try (Self.ticket("Ticket 1", in: desk), Self.ticket("Ticket 2", in: desk))
    let session = try desk.session(.agent)
    let lines = [(one, other), (other, one)].map { target, source in
      """
      {"jsonrpc":"2.0","id":1,"method":"tickets.merge","params":\
      {"session":"\(session)","id":"\(target)","sources":["\(source)"]}}
      """
    }
    let answers = desk.send(lines, until: .max).compactMap { JSONTree($0) }
    #expect(answers.count { $0["result"] != nil } == 1)
    #expect(answers.compactMap { $0["error"]?["data"]?["kind"]?.string } == ["rule"])
  }

  /// Both sides say what happened and who did it.
  @Test func saysWhatHappened() throws {
    let desk = try TestDesk.demo()
    let (one, other) = try (Self.ticket("Ticket 1", in: desk), Self.ticket("Ticket 2", in: desk))
    func number(_ ticket: String) throws -> Int {
      let found = try desk.call("tickets.get", #"{"id":"\#(ticket)"}"#, as: .agent).tree?["number"]?.integer
      return try #require(found)
    }
    func notes(_ ticket: String) throws -> [String] {
      let page = try desk.call("messages.list", #"{"ticket_id":"\#(ticket)"}"#, as: .agent).tree
      return (page?["items"]?.elements ?? []).filter { $0["is_internal"] == .bool(true) }.compactMap {
        $0["body"]?.string
      }
    }
    _ = try desk.call("tickets.merge", #"{"id":"\#(one)","sources":["\#(other)"]}"#, as: .agent)
    let (first, second) = try (number(one), number(other))
    #expect(try notes(one) == ["Took in #\(second), by Priya Raman."])
    #expect(try notes(other) == ["Merged into #\(first), by Priya Raman."])
    let late = #"{"ticket_id":"\#(other)","as":"customer","body":"Late"}"#
    let message = try desk.call("messages.create", late, as: .agent).tree
    #expect(message?["ticket_id"]?.string == one && message?["merged_from"]?.string == other)
    let back = try desk.call("tickets.unmerge", #"{"id":"\#(other)"}"#, as: .agent).tree
    #expect(back?["status"]?.string == "open" && back?["merged_into"] == .null)
    #expect(try notes(other).last == "Taken out of #\(first) again, by Priya Raman.")
    #expect(try notes(one).last == "Gave back #\(second), by Priya Raman.")
  }

  @Test func refusesAnOldVersionOfTheTarget() throws {
    let desk = try TestDesk.demo()
    let (one, other) = try (Self.ticket("Ticket 1", in: desk), Self.ticket("Ticket 2", in: desk))
    let answer = try desk.call(
      "tickets.merge", #"{"id":"\#(one)","sources":["\#(other)"],"expected_version":9}"#, as: .agent)
    #expect(answer.kind == "conflict" && answer.tree?["data"]?["path"]?.string == "/expected_version")
  }
}

extension SplitMix64 {
  fileprivate mutating func pick(_ tickets: [String]) -> String {
    tickets[Int.random(in: tickets.indices, using: &self)]
  }

  fileprivate mutating func action(
    on ticket: String, among tickets: [String], splittingAt message: (id: String, ticket: String)?, word: String
  ) -> (method: String, params: String) {
    let id = #""id":"\#(ticket)""#
    switch Int.random(in: 0..<12, using: &self) {
    case 0, 1: return ("tickets.merge", id + #","sources":["\#(pick(tickets))"]"#)
    case 2, 3: return ("tickets.unmerge", id)
    case 4: return ("tickets.delete", id)
    case 5, 6: return ("tickets.restore", id)
    case 7: return ("tickets.assign", id + #","assigned_to":"me""#)
    case 8:
      // By now it may be elsewhere.
      guard let message else { return ("tickets.unmerge", id) }
      return ("tickets.split", #""id":"\#(message.ticket)","message_id":"\#(message.id)""#)
    case let choice:
      let sender = choice % 2 == 0 ? "customer" : "agent"
      return ("messages.create", #""ticket_id":"\#(ticket)","body":"\#(word)","as":"\#(sender)""#)
    }
  }
}
