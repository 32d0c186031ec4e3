import JSON
import TestSupport
import Testing

@testable import Desk

/// The id of a customer who was merged stands for the one that they became, wherever tickets are asked for by it.
@Suite struct MergedCustomerTests {
  private static let filters = [
    ("tickets.list", #"{"customer_id":"<id>","limit":100}"#), ("tickets.count", #"{"customer_id":"<id>"}"#),
    ("tickets.list", #"{"query":"customer:<id>","limit":100}"#), ("tickets.count", #"{"query":"customer:<id>"}"#),
    ("tickets.list", #"{"query":"status:open,pending,solved","customer_id":"<id>"}"#),
    ("search", #"{"query":"customer:<id>"}"#),
  ]

  @Test func aMergedIdFindsWhatBecameOfIt() throws {
    let desk = try TestDesk.demo()
    let customers = try #require(
      try desk.call("customers.list", #"{"limit":100}"#, as: .admin).tree?["items"]?.elements)
    let counted = try customers.compactMap { $0["id"]?.string }.map { id in
      (id, try desk.call("tickets.count", #"{"customer_id":"\#(id)"}"#, as: .admin).tree?["total"]?.integer ?? 0)
    }
    let busy = counted.filter { $0.1 > 0 }.map(\.0)
    let (first, second, third) = (busy[0], busy[1], busy[2])
    let all = counted.filter { [first, second, third].contains($0.0) }.map(\.1).reduce(0, +)
    // A chain: the first became the second, who became the third.
    for (source, target) in [(first, second), (second, third)] {
      let merged = try desk.call("customers.merge", #"{"id":"\#(target)","sources":["\#(source)"]}"#, as: .admin)
      #expect(merged.kind == nil)
    }
    for (method, params) in Self.filters {
      let ask = { (id: String, person: TestDesk.Person) throws in
        try desk.call(method, params.replacing("<id>", with: id), as: person)
      }
      let expected = try #require(try ask(third, .agent).tree)
      #expect(expected["items"]?.elements?.isEmpty != true && expected["total"]?.integer ?? all == all, "\(method)")
      for id in [first, second] {
        let found = try ask(id, .agent).tree
        #expect(found?["items"] == expected["items"] && found?["total"] == expected["total"], "\(method) \(params)")
      }
      // Another organization has neither the one nor the other.
      let elsewhere = try ask(first, .stranger).tree
      #expect(elsewhere?["items"]?.elements?.isEmpty != false && elsewhere?["total"]?.integer ?? 0 == 0, "\(method)")
    }
    // Taken apart again, they are two.
    #expect(try desk.call("customers.unmerge", #"{"id":"\#(first)"}"#, as: .admin).kind == nil)
    let own = counted.first { $0.0 == first }?.1
    #expect(
      try desk.call("tickets.count", #"{"customer_id":"\#(first)"}"#, as: .agent).tree?["total"]?.integer == own)
  }
}
