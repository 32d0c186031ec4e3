import Foundation
import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Reports beside a plain recount of the same tickets, by another calendar and another way to count.
@Suite struct ReportsTests {
  /// Zones on both sides of UTC, with summer times that begin on different days, and one without.
  @Test(arguments: ["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"])
  func equalsAPlainRecount(_ zone: String) throws {
    let desk = try TestDesk.demo()
    let recount = try ReportRecount(desk, zone: zone, tickets: 600, seed: UInt64(zone.utf8.count))
    let periods = [(91, 0), (29, 0), (0, 0), (160, 69), (70, 40)]
    for (number, period) in periods.enumerated() {
      for (index, form) in Self.forms.enumerated() where number == 0 || index % 2 == number % 2 {
        try Self.compare(desk, recount, period, form)
      }
    }
  }

  /// Far more groups than an answer has room for: the same ones are told, with the same figures.
  @Test func equalsAPlainRecountOfManyTags() throws {
    let desk = try TestDesk.demo()
    let tags = (0..<150).map { "tag-\($0)" }
    let recount = try ReportRecount(desk, zone: "Europe/London", tickets: 900, tags: tags, seed: 7)
    for period in [(91, 0), (160, 69)] {
      for by in [nil, "day", "week", "month"] {
        try Self.compare(desk, recount, period, (by, "tag", []))
        try Self.compare(desk, recount, period, (by, "tag", [("tag", "tag-3")]))
      }
    }
  }

  private typealias Form = (by: String?, group: String?, filter: [(String, String?)])

  private static func compare(
    _ desk: TestDesk, _ recount: ReportRecount, _ period: (Int, Int), _ form: Form
  ) throws {
    let days = (from: recount.day(before: period.0), to: recount.day(before: period.1))
    let (by, group, filter) = form
    let members = [("from", days.from), ("to", days.to), ("by", by), ("group", group)] + filter
    let params = members.compactMap { name, value in value.map { "\"\(name)\":\"\($0)\"" } }
    for method in ["backlog", "volume", "times"] {
      let text = "{\(params.joined(separator: ","))}"
      let answer = try #require(try desk.call("reports.\(method)", text, as: .agent).tree)
      let expected = try #require(
        JSONTree(recount.report(method, from: days.from, to: days.to, by: by, group: group, filter: filter)))
      #expect(answer == expected, "reports.\(method) \(text)\n\(answer.json)\n\(expected.json)")
    }
  }

  private static let forms: [Form] = [
    (nil, nil, []), ("day", nil, []), ("week", nil, []), ("month", nil, []), (nil, "agent", []), (nil, "tag", []),
    (nil, "priority", []), ("day", "agent", []), ("day", "tag", []), ("week", "tag", []), ("month", "priority", []),
    ("week", nil, [("assigned_to", "none")]), (nil, "tag", [("priority", "high")]),
    ("month", "agent", [("tag", "red")]),
  ]

  @Test func pointsAtWhatNoReportIsAbout() throws {
    let desk = try TestDesk.demo()
    let rows: [(params: String, kind: String, path: String?)] = [
      (#"{"from":"2026-02-30"}"#, "invalid_params", "/from"),
      (#"{"from":"2026-2-3"}"#, "invalid_params", "/from"),
      (#"{"from":"yesterday"}"#, "invalid_params", "/from"),
      (#"{"to":"2026-01-01T00:00:00Z"}"#, "invalid_params", "/to"),
      (#"{"from":"2026-01-02","to":"2026-01-01"}"#, "invalid", "/from"),
      (#"{"from":"2026-01-01","to":"2026-04-03"}"#, "invalid", "/from"),
      (#"{"from":"2999-01-01"}"#, "invalid", "/from"),
      (#"{"by":"hour"}"#, "invalid_params", "/by"), (#"{"group":"customer"}"#, "invalid_params", "/group"),
      (#"{"assigned_to":"everybody"}"#, "invalid_params", "/assigned_to"),
      (#"{"priority":"huge"}"#, "invalid_params", "/priority"), (#"{"tag":""}"#, "invalid_params", "/tag"),
    ]
    for row in rows {
      for method in ["reports.backlog", "reports.volume", "reports.times"] {
        let answer = try desk.call(method, row.params, as: .agent)
        #expect(answer.kind == row.kind, "\(method) \(row.params)")
        #expect(answer.tree?["data"]?["path"]?.string == row.path, "\(method) \(row.params)")
      }
    }
    // A quarter fits.
    #expect(try desk.call("reports.volume", #"{"from":"2026-01-01","to":"2026-04-02"}"#, as: .agent).kind == nil)
  }

  /// However many groups there are, and however many days, an answer is a line that every client can read.
  @Test func boundsAnAnswer() throws {
    let desk = try TestDesk.demo()
    try desk.database.superuser().run(
      """
      insert into public.tickets (organization_id, customer_id, subject, tags, created_at)
      select c.organization_id, c.id, 'x', array(select 'tag-' || (n.n * 7 + g) % 300 from generate_series(0, n.n % 4) as g),
             now() - n.n * interval '3 hours'
        from (select c.organization_id, c.id from public.customers c
                join public.organizations o on o.id = c.organization_id and o.clerk_id = '\(DemoDesk.organization)' limit 1) as c
       cross join generate_series(1, 700) as n (n)
      """)
    for by in ["", #","by":"month""#, #","by":"week""#, #","by":"day""#] {
      for method in ["reports.backlog", "reports.volume", "reports.times"] {
        let answer = try desk.call(method, #"{"from":"\#(Example.quarter)","group":"tag"\#(by)}"#, as: .agent)
        let groups = try #require(answer.tree?["groups"]?.elements)
        #expect((1...50).contains(groups.count) && answer.json.utf8.count < 65_536, "\(method) \(by): \(groups.count)")
        if method != "reports.times" {
          #expect(groups.count + (answer.tree?["omitted_groups"]?.integer ?? 0) > 300, "\(method) \(by)")
        }
      }
    }
  }
}
