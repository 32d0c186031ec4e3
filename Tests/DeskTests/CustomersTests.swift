import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct CustomersTests {
  static let imran = "48b149e0-42d7-4def-8e70-7eb990bbd016"

  @Test(arguments: ["12345678901234567890.10", "1.50", "-0.000000000000000000001", "0", "1e3"])
  func keepsTheDigitsOfANumber(_ number: String) throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let line = { (id: Int, method: String, params: String) in
      #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"session":"\#(session)",\#(params)}}"#
    }
    let set = #""id":"\#(Self.imran)","fields":{"bikes_owned":\#(number)},"expected_version":1"#
    let metadata = #""id":"\#(Self.imran)","metadata":{"n":\#(number)},"expected_version":2"#
    let kept = number == "1e3" ? "1000" : number
    #expect(desk.send(line(1, "customers.set_fields", set)).first?.contains("\"bikes_owned\": \(kept)") == true)
    #expect(desk.send(line(2, "customers.update", metadata)).first?.contains("{\"n\": \(kept)}") == true)
    let read = desk.send(line(3, "customers.get", #""id":"\#(Self.imran)""#)).first
    #expect(read?.contains("\"bikes_owned\": \(kept)") == true && read?.contains("{\"n\": \(kept)}") == true)
  }

  @Test(arguments: ["name", "creation"], [false, true])
  func listsEveryCustomerOnce(_ sort: String, _ isDescending: Bool) throws {
    let desk = try TestDesk.demo()
    var found: [JSONTree] = []
    var cursor: String?
    repeat {
      let position = cursor.map { #","cursor":"\#($0)""# } ?? ""
      let params = #"{"sort":"\#(sort)","descending":\#(isDescending),"limit":7\#(position)}"#
      let page = try desk.call("customers.list", params, as: .agent)
      found += page.tree?["items"]?.elements ?? []
      cursor = page.tree?["next_cursor"]?.string
    } while cursor != nil
    let ids = found.compactMap { $0["id"]?.string }
    #expect(ids.count == 36 && Set(ids).count == 36)
    let keys = found.compactMap { $0[sort == "name" ? "name" : "created_at"]?.string }
    #expect(keys == (isDescending ? keys.sorted(by: >) : keys.sorted()))
  }

  /// Both begin before either is there; the second waits for the first.
  @Test func makesOneCustomerOfTwoUpsertsAtOnce() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let lines = ["Zoe.Marsh@example.com", "zoe.marsh@EXAMPLE.com"].enumerated().map { id, address in
      let params = #"{"session":"\#(session)","email":"\#(address)","fields":{"plan":"none"}}"#
      return #"{"jsonrpc":"2.0","id":\#(id),"method":"customers.upsert","params":\#(params)}"#
    }
    let results = desk.send(lines[0], lines[1]).compactMap { JSONTree($0)?["result"] }
    #expect(Set(results.compactMap { $0["created"]?.json }) == ["true", "false"])
    #expect(Set(results.compactMap { $0["customer"]?["id"]?.string }).count == 1)
  }

  @Test func changesAllOrNothing() throws {
    let desk = try TestDesk.demo()
    let before = try desk.call("customers.get", #"{"id":"\#(Self.imran)"}"#, as: .agent)
    let update = #"{"id":"\#(Self.imran)","name":"I.","email":null,"fields":{"bikes_owned":9,"plan":"gold"}}"#
    #expect(try desk.call("customers.update", update, as: .agent).kind == "invalid")
    let upsert = #"{"email":"imran.siddiqui@example.net","name":"I.","fields":{"plan":null}}"#
    #expect(try desk.call("customers.upsert", upsert, as: .agent).kind == "invalid")
    let create = #"{"email":"new@example.net","fields":{"plan":"basic","newsletter":"yes"}}"#
    #expect(try desk.call("customers.create", create, as: .agent).kind == "invalid")
    #expect(try desk.call("customers.get", #"{"id":"\#(Self.imran)"}"#, as: .agent) == before)
    #expect(
      try desk.call("customers.list", #"{"email":"new@example.net"}"#, as: .agent).tree?["items"]?.elements == [])
  }

  @Test func needsANameOrAnAddress() throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("customers.create", #"{"fields":{"plan":"none"}}"#, as: .agent)
    #expect(answer.kind == "invalid" && answer.tree?["data"]?["path"]?.string == "/name")
    let named = try desk.call("customers.create", #"{"name":"  Bo ","fields":{"plan":"none"}}"#, as: .agent)
    #expect(named.tree?["name"] == .string("Bo") && named.tree?["email"] == .null)
  }

  @Test func takesTheirTicketsAlong() throws {
    let desk = try TestDesk.demo()
    let params = #"{"customer_id":"\#(Self.imran)"}"#
    #expect(try desk.call("tickets.list", params, as: .agent).tree?["items"]?.elements?.isEmpty == false)
    _ = try desk.call("customers.delete", #"{"id":"\#(Self.imran)"}"#, as: .admin)
    #expect(try desk.call("tickets.list", params, as: .agent).tree?["items"]?.elements == [])
  }
}
