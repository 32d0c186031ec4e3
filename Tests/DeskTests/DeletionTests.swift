import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// What is deleted shows nowhere, and comes back as it was.
@Suite struct DeletionTests {
  private static let ruth = "0352fa69-ef46-4d31-88c0-0d1fa1314f79"
  private static let ticket = "121d1e36-6e72-4d50-8b26-a0319f3ab03c"
  private static let macro = "ef84bf48-f625-4fd5-8115-a19d7ccb2bf3"
  private static let message = "35c0362b-cf3d-4e2d-8801-206c7f5bbdc2"

  /// One of each kind is deleted. Then everything that reads is asked for everything.
  @Test(arguments: [TestDesk.Person.agent, .admin]) func showsNowhere(_ person: TestDesk.Person) throws {
    let desk = try TestDesk.demo()
    let secrets = try Self.secrets(desk.database.superuser())
    #expect(secrets.count > 12, "\(secrets)")
    let before = try Self.everything(of: desk, as: person, searching: secrets)
    #expect(Set(secrets.filter { secret in before.contains { $0.contains(secret) } }) == Set(secrets))
    for (kind, id) in Self.deleted {
      #expect(try desk.call("\(kind)s.delete", #"{"id":"\#(id)"}"#, as: .admin).kind == nil)
    }
    for answer in try Self.everything(of: desk, as: person, searching: secrets) {
      for secret in secrets where answer.contains(secret) { Issue.record("\(secret) shows in \(answer)") }
    }
    for (kind, id) in Self.deleted {
      #expect(try desk.call("\(kind)s.get", #"{"id":"\#(id)"}"#, as: person).kind == "not_found")
      #expect(try desk.call("\(kind)s.delete", #"{"id":"\#(id)"}"#, as: .admin).kind == "not_found")
    }
    let gone = #"{"ticket_id":"\#(Self.ticket)""#
    #expect(try desk.call("messages.list", gone + "}", as: person).kind == "not_found")
    #expect(try desk.call("messages.create", gone + #","body":"x"}"#, as: person).kind == "not_found")
    #expect(try desk.call("macros.render", gone + #","id":"\#(Self.macro)"}"#, as: person).kind == "not_found")
    let customer = #"{"subject":"x","customer_id":"\#(Self.ruth)"}"#
    #expect(try desk.call("tickets.create", customer, as: person).kind == "not_found")
  }

  /// Every method with include_deleted, whichever there are.
  @Test func showsToAnAdminWhoAsks() throws {
    let desk = try TestDesk.demo()
    for (kind, id) in Self.deleted {
      _ = try desk.call("\(kind)s.delete", #"{"id":"\#(id)"}"#, as: .admin)
      let call = (method: "\(kind)s.get", params: #"{"id":"\#(id)","include_deleted":true}"#)
      let shown = try #require(try desk.call(call.method, call.params, as: .admin).tree)
      #expect(shown["deleted_at"]?.string != nil && shown["deleted_by"]?.string != nil)
      let list = kind == "message" ? #""ticket_id":"\#(try #require(shown["ticket_id"]?.string))","# : ""
      let found = try Self.pages(of: "\(kind)s.list", list + #""include_deleted":true"#, desk, as: .admin)
      #expect(found.contains { $0.contains(id) })
      let others = try Self.pages(of: "\(kind)s.list", list + #""limit":100"#, desk, as: .admin)
      #expect(others.filter { $0.contains("\"\(id)\"") } == [], "\(kind)")
    }
    let takers = Methods.all.filter { method in
      guard case .object(let members) = method.params else { return false }
      return members.contains { $0.name == "include_deleted" }
    }
    #expect(takers.count >= 8)
    for method in takers {
      let params = #"{"id":"\#(Self.ruth)","ticket_id":"\#(Self.ticket)","include_deleted":true}"#
      guard case .object(let members) = method.params else { continue }
      let known = try #require(JSONTree(params)?.members?.filter { name, _ in members.contains { $0.name == name } })
      #expect(try desk.call(method.name, JSONTree.object(known).json, as: .agent).kind == "forbidden")
    }
  }

  /// A ticket that was deleted before stays so when its customer, who was deleted after it, comes back.
  @Test func comesBackAsItWas() throws {
    let desk = try TestDesk.demo()
    let session = try desk.database.superuser()
    let state = """
      select (select md5(string_agg((to_jsonb(t) - 'version' - 'updated_at')::text, '' order by t.id)) from tickets t),
             (select md5(string_agg((to_jsonb(c) - 'version' - 'updated_at')::text, '' order by c.id)) from customers c),
             (select md5(string_agg((to_jsonb(m) - 'version' - 'updated_at')::text, '' order by m.id))
                from ticket_messages m),
             (select md5(string_agg((to_jsonb(m) - 'version' - 'updated_at')::text, '' order by m.id)) from macros m),
             (select md5(string_agg((to_jsonb(d) - 'place')::text, '' order by d.source_id)) from desk.search_documents d)
      """
    let tickets = try Self.ids(of: "tickets.list", #"{"customer_id":"\#(Self.ruth)"}"#, desk)
    let first = try #require(tickets.first)
    #expect(tickets.count > 1)
    let before = try session.query(state)
    _ = try desk.call("tickets.delete", #"{"id":"\#(first)"}"#, as: .admin)
    for (kind, id) in Self.deleted { _ = try desk.call("\(kind)s.delete", #"{"id":"\#(id)"}"#, as: .admin) }
    let alone = try desk.call("tickets.restore", #"{"id":"\#(tickets[1])"}"#, as: .admin)
    #expect(alone.kind == "rule" && alone.tree?["data"]?["details"]?["customer_id"]?.string == Self.ruth)
    for (kind, id) in Self.deleted.reversed() {
      #expect(try desk.call("\(kind)s.restore", #"{"id":"\#(id)"}"#, as: .admin).kind == nil)
    }
    #expect(
      try Set(Self.ids(of: "tickets.list", #"{"customer_id":"\#(Self.ruth)"}"#, desk)) == Set(tickets.dropFirst()))
    #expect(try desk.call("tickets.restore", #"{"id":"\#(first)"}"#, as: .admin).kind == nil)
    #expect(try session.query(state) == before)
  }

  /// Whoever needs the address or the title is told what to restore.
  @Test func keepsWhatIsUnique() throws {
    let desk = try TestDesk.demo()
    for (kind, id) in Self.deleted { _ = try desk.call("\(kind)s.delete", #"{"id":"\#(id)"}"#, as: .admin) }
    let imran = #""id":"48b149e0-42d7-4def-8e70-7eb990bbd016","#
    let email = #""email":"Ruth.Goldberg@example.org""#
    for (method, params, path, id) in [
      ("customers.create", email, "/email", Self.ruth), ("customers.upsert", email, "/email", Self.ruth),
      ("customers.update", imran + email, "/email", Self.ruth),
      ("tickets.create", #""subject":"x","customer":{\#(email)}"#, "/customer/email", Self.ruth),
      ("macros.create", #""title":"Anything else?","body":"x""#, "/title", Self.macro),
      ("macros.update", #""id":"12785cba-c1f5-486f-8389-67edde327a3e","title":"Anything else?""#, "/title", Self.macro),
    ] {
      let answer = try desk.call(method, "{\(params)}", as: .agent)
      let data = answer.tree?["data"]
      #expect(answer.kind == "deleted" && data?["path"]?.string == path, "\(method): \(answer.json)")
      #expect(data?["details"]?["id"]?.string == id)
    }
  }

  private static let deleted = [("message", message), ("ticket", ticket), ("customer", ruth), ("macro", macro)]

  /// Ids and texts that nothing else has in common with what is about to be deleted.
  private static func secrets(_ session: Session) throws -> [String] {
    try session.query(
      """
      with gone as (
        select t.id, t.subject from tickets t where t.id = $1::uuid or t.customer_id = $2::uuid
      )
      select g.id::text from gone g
       union select m.id::text from ticket_messages m
              where m.id = $4::uuid or m.ticket_id = $1::uuid
                 or m.ticket_id in (select t.id from tickets t where t.customer_id = $2::uuid)
       union select unnest(array[$2::text, c.name, c.email]) from customers c where c.id = $2::uuid
       union select unnest(array[$3::text, m.title]) from macros m where m.id = $3::uuid
      """, [ticket, ruth, macro, message]
    ).compactMap { $0[0] }
  }

  /// All pages of all lists, every ticket and its messages, and searches for these words.
  private static func everything(
    of desk: TestDesk, as person: TestDesk.Person, searching words: [String]
  ) throws -> [String] {
    var answers = try ["tickets", "customers", "macros"].flatMap { try pages(of: "\($0).list", "", desk, as: person) }
    for ticket in try ids(of: "tickets.list", #"{"limit":100}"#, desk, as: person) {
      answers += try pages(of: "messages.list", #""ticket_id":"\#(ticket)""#, desk, as: person)
      answers.append(try desk.call("tickets.get", #"{"id":"\#(ticket)"}"#, as: person).json)
    }
    for word in words {
      for list in ["tickets", "customers"] {
        answers.append(try desk.call("\(list).list", #"{"text":\#(Line.quoted(word))}"#, as: person).json)
      }
      let count = try desk.call("tickets.count", #"{"text":\#(Line.quoted("\"\(word)\""))}"#, as: person).tree
      let listed = try desk.call(
        "tickets.list", #"{"limit":100,"text":\#(Line.quoted("\"\(word)\""))}"#, as: person
      ).tree
      #expect(count?["total"]?.integer == listed?["items"]?.elements?.count)
    }
    for example in Example.all where Methods.byName[example.method]?.access == .read && example.before.isEmpty {
      let named = JSONTree(example.params)?.strings ?? []
      if named.contains(where: words.contains) { continue }
      answers.append(try desk.call(example.method, example.params, as: person).json)
    }
    return answers
  }

  private static func ids(
    of method: String, _ params: String, _ desk: TestDesk, as person: TestDesk.Person = .agent
  ) throws -> [String] {
    var ids: [String] = []
    var cursor = ""
    repeat {
      let page = try desk.call(method, params.dropLast() + cursor + "}", as: person).tree
      ids += (page?["items"]?.elements ?? []).compactMap { $0["id"]?.string }
      cursor = page?["next_cursor"]?.string.map { #","cursor":"\#($0)""# } ?? ""
    } while !cursor.isEmpty
    return ids
  }

  private static func pages(
    of method: String, _ params: String, _ desk: TestDesk, as person: TestDesk.Person
  ) throws -> [String] {
    var pages: [String] = []
    var cursor: String?
    repeat {
      let members = [params, cursor.map { #""cursor":"\#($0)""# } ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
      let answer = try desk.call(method, "{\(members)}", as: person)
      pages.append(answer.json)
      cursor = answer.tree?["next_cursor"]?.string
    } while cursor != nil
    return pages
  }
}
