import TestSupport
import Testing

@testable import Desk

@Suite struct ViewsTests {
  @Test func runsCountsAndChangesAView() throws {
    let desk = try TestDesk.demo()
    let made = try desk.call(
      "views.create", #"{"name":"Mine","query":"status:open,pending","sort":"creation","descending":false}"#, as: .agent
    )
    let id = try #require(made.tree?["id"]?.string)
    let view = #""view_id":"\#(id)""#
    let plain = #""status":["open","pending"],"sort":"creation","descending":false"#
    let tickets = try desk.walk("tickets.list", plain, limit: 100, atMost: 300)
    #expect(try desk.walk("tickets.list", view, limit: 7, atMost: 300) == tickets)
    // Parameters stand before what the view says, and narrow it.
    #expect(
      try desk.walk(
        "tickets.list", view + #","sort":"activity","descending":true,"status":"open""#, limit: 9, atMost: 300)
        == desk.walk("tickets.list", #""status":"open""#, limit: 100, atMost: 300))
    let found = try desk.call("search", "{\(view)}", as: .agent).tree
    #expect(found?["count"]?["value"]?.integer == tickets.count)
    let counts = try desk.call("views.counts", #"{"ids":["\#(id)","\#(id)"]}"#, as: .agent).tree
    #expect(counts?["items"]?.elements?.map { $0["count"]?["value"]?.integer } == [tickets.count, tickets.count])

    // Nobody else's while it is not shared.
    for person in [TestDesk.Person.admin, .stranger] {
      for (method, params) in [
        ("views.get", #"{"id":"\#(id)"}"#), ("views.delete", #"{"id":"\#(id)"}"#), ("tickets.list", "{\(view)}"),
        ("search", "{\(view)}"), ("views.counts", #"{"ids":["\#(id)"]}"#),
      ] {
        #expect(try desk.call(method, params, as: person).kind == "not_found", "\(method)")
      }
    }
    #expect(try desk.call("views.update", #"{"id":"\#(id)","is_shared":true}"#, as: .agent).kind == nil)
    #expect(try desk.call("views.update", #"{"id":"\#(id)","name":"Ours"}"#, as: .admin).kind == nil)
    #expect(try desk.call("views.get", #"{"id":"\#(id)"}"#, as: .stranger).kind == "not_found")
    let old = #"{"id":"\#(id)","name":"Theirs","expected_version":1}"#
    #expect(try desk.call("views.update", old, as: .agent).kind == "conflict")
  }

  /// What a view asks for may be gone since it was made.
  @Test func tellsOfAViewWhatNoLongerHolds() throws {
    let desk = try TestDesk.demo()
    let field = try desk.call("fields.create", #"{"field_name":"shoe","field_type":"number"}"#, as: .admin)
    let made = try desk.call("views.create", #"{"name":"Shoes","query":"field.shoe:>40"}"#, as: .agent)
    let id = try #require(made.tree?["id"]?.string)
    #expect(try desk.call("tickets.list", #"{"view_id":"\#(id)"}"#, as: .agent).kind == nil)
    let gone = #"{"id":"\#(try #require(field.tree?["id"]?.string))"}"#
    #expect(try desk.call("fields.delete", gone, as: .admin).kind == nil)
    for (method, params, path) in [
      ("tickets.list", #"{"view_id":"\#(id)"}"#, "/view_id"), ("views.counts", #"{"ids":["\#(id)"]}"#, "/ids/0"),
    ] {
      let error = try #require(desk.call(method, params, as: .agent).tree?["data"])
      #expect(error["kind"]?.string == "query_error")
      #expect(error["path"]?.string == path)
    }
  }
}
