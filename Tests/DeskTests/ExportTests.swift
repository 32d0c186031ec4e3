import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Exports: parts that add up, cursors, rights, ends before their time.
@Suite struct ExportTests {
  /// The items of each part that came since the last time.
  private static func parts(_ desk: TestDesk, after count: Int = 0) -> [JSONTree] {
    desk.heard.dropFirst(count).filter { $0["method"]?.string == "export.part" }.compactMap { $0["params"] }
  }

  private static func ids(_ parts: [JSONTree]) -> [String] {
    parts.flatMap { $0["items"]?.elements ?? [] }.compactMap { $0["id"]?.string }
  }

  @Test(arguments: [("customers", "customers.get"), ("tickets", "tickets.get")])
  func tellsEveryItemOnceAsItIsRead(_ what: String, _ get: String) throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("\(what).export", #"{"part_bytes":4096,"progress":true}"#, as: .agent)
    let parts = Self.parts(desk)
    let ids = Self.ids(parts)
    #expect(answer.tree?["exported"]?.integer == ids.count && answer.tree?["parts"]?.integer == parts.count)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count && parts.count > 2)
    #expect(parts.allSatisfy { $0["total"]?.integer == ids.count })
    #expect(parts.compactMap { $0["part"]?.integer } == Array(1...parts.count))
    #expect(parts.allSatisfy { $0["items"]?.elements?.count == 1 || ($0["items"]?.json.utf8.count ?? 0) <= 4_096 })
    let shape = try #require(Methods.byName[get]).result
    for item in parts[0]["items"]?.elements ?? [] {
      let read = try #require(try desk.call(get, #"{"id":"\#(item["id"]?.string ?? "")"}"#, as: .agent).tree)
      #expect(complaint(about: item, as: shape) == nil || what == "tickets")
      for (name, value) in item.members ?? [:] { #expect((read["ticket"] ?? read)[name] == value, "\(name)") }
    }
    // From every cursor on, what is left.
    for (index, part) in parts.enumerated() {
      let before = desk.heard.count
      _ = try desk.call("\(what).export", #"{"cursor":"\#(part["cursor"]?.string ?? "")"}"#, as: .agent)
      #expect(Self.ids(parts[(index + 1)...].map { $0 }) == Self.ids(Self.parts(desk, after: before)))
    }
  }

  /// Items of all sizes, some larger than a part, so that what was read ahead does not fit.
  @Test func cutsPartsToTheirSize() throws {
    let desk = try TestDesk.demo()
    try desk.database.superuser().run(
      """
      set session_replication_role = replica;
      update customers c
         set metadata = jsonb_build_object('filler', repeat('x', case when n % 5 = 0 then 9000 else n * n % 4000 end))
        from (select id, row_number() over (order by id)::integer as n from customers) as o
       where o.id = c.id;
      reset session_replication_role
      """)
    for bytes in [4_096, 10_000, 49_152] {
      let before = desk.heard.count
      let answer = try desk.call("customers.export", #"{"part_bytes":\#(bytes)}"#, as: .agent)
      let parts = Self.parts(desk, after: before)
      let ids = Self.ids(parts)
      #expect(answer.tree?["exported"]?.integer == 36 && ids.count == 36 && ids == ids.sorted())
      #expect(Set(ids).count == 36)
      for part in parts {
        let count = part["items"]?.elements?.count
        #expect(count == 1 || (part["items"]?.json.utf8.count ?? 0) <= bytes)
      }
      // Not many more than it takes.
      let whole = parts.reduce(0) { $0 + ($1["items"]?.json.utf8.count ?? 0) }
      #expect(parts.count <= 4 * (whole / bytes + 1))
    }
  }

  @Test func tellsNobodyElse() throws {
    let desk = try TestDesk.demo()
    var belongings = try Belongings(desk.database)
    _ = try desk.call("customers.export", #"{"part_bytes":4096}"#, as: .agent)
    let cursor = Self.parts(desk)[0]["cursor"]?.string ?? ""
    let before = desk.heard.count
    for method in ["customers.export", "tickets.export"] {
      #expect(try desk.call(method, #"{"cursor":"\#(cursor)"}"#, as: .stranger).kind == "invalid_params")
      _ = try desk.call(method, "{}", as: .stranger)
    }
    let told = Self.parts(desk, after: before)
    #expect(!told.isEmpty)
    for part in told { #expect(try belongings.told(by: part, to: "{}") == []) }
    #expect(try desk.call("tickets.export", #"{"cursor":"\#(cursor)"}"#, as: .agent).kind == "invalid_params")
  }

  @Test func showsWhatIsDeletedToAdminsAlone() throws {
    let desk = try TestDesk.demo()
    _ = try desk.call("customers.delete", #"{"id":"\#(CustomersTests.imran)"}"#, as: .admin)
    #expect(try desk.call("customers.export", "{}", as: .admin).tree?["exported"]?.integer == 35)
    #expect(
      try desk.call("customers.export", #"{"include_deleted":true}"#, as: .admin).tree?["exported"]?.integer == 36)
    #expect(try desk.call("customers.export", #"{"include_deleted":true}"#, as: .agent).kind == "forbidden")
  }

  @Test func endsWhenItIsCancelledOrItsSessionEnds() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let export = { (id: Int) in
      #"{"jsonrpc":"2.0","id":\#(id),"method":"customers.export","params":{"session":"\#(session)","part_bytes":4096}}"#
    }
    let cancelled = desk.send(export(1), #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}"#)
    #expect(cancelled.last?.contains("-32800") == true && cancelled.count { $0.contains("\"id\":1,\"error\"") } == 1)
    let closed = desk.send(
      export(2), #"{"jsonrpc":"2.0","id":3,"method":"session.close","params":{"session":"\#(session)"}}"#)
    #expect(closed.contains { $0.contains("\"id\":2,\"error\"") && $0.contains("session_unknown") }, "\(closed)")
    // Without an id nobody could tell what a part belongs to.
    let silent = desk.send(
      #"{"jsonrpc":"2.0","method":"customers.export","params":{"session":"\#(try desk.session(.admin))"}}"#)
    #expect(silent == [])
  }
}
