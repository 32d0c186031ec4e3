import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct TicketsListTests {
  private static let organization = "(select o.id from public.organizations o where o.clerk_id = 'org_demo_moorland')"

  /// Parameters, and the same in the plainest SQL.
  private struct Query {
    let filters: String
    let sort: String
    let condition: String
    let order: String

    init(_ filters: String = "", _ condition: String = "true", sort: String = "", by order: String = "") {
      self.filters = filters
      self.sort = sort
      self.condition = condition
      self.order = order.isEmpty ? "last_activity_at desc, id desc" : order
    }

    var params: String { [filters, sort].filter { !$0.isEmpty }.joined(separator: ",") }
  }

  private static let byPriority = "priority desc, last_activity_at desc, id desc"
  private static let queries: [Query] = [
    Query(),
    Query(sort: #""descending":false"#, by: "last_activity_at, id"),
    Query(sort: #""sort":"creation""#, by: "created_at desc, id desc"),
    Query(sort: #""sort":"priority""#, by: byPriority),
    Query(sort: #""sort":"priority","descending":false"#, by: "priority, last_activity_at, id"),
    Query(#""status":"open""#, "status = 'open'"),
    Query(#""status":["pending","open"]"#, "status in ('open', 'pending')"),
    Query(#""status":["solved","closed","open"]"#, "status <> 'pending'", sort: #""sort":"priority""#, by: byPriority),
    Query(#""priority":["urgent","low","urgent"]"#, "priority in ('urgent', 'low')"),
    Query(
      #""priority":["urgent","high"],"status":["open","pending"]"#,
      "priority in ('urgent', 'high') and status in ('open', 'pending')",
      sort: #""sort":"creation","descending":false"#, by: "created_at, id"),
    Query(#""assigned_to":"me""#, "assigned_to = $1"),
    Query(#""assigned_to":"me","status":"closed""#, "assigned_to = $1 and status = 'closed'"),
    Query(#""assigned_to":"none""#, "assigned_to is null"),
    Query(
      #""assigned_to":"none","priority":"normal""#, "assigned_to is null and priority = 'normal'",
      sort: #""sort":"priority""#, by: byPriority),
    Query(
      #""text":"bike -battery""#,
      """
      exists (
        select from public.ticket_messages m
         where m.ticket_id = tickets.id and m.body ~* '\\mbike\\M' and m.body !~* '\\mbattery\\M')
        or subject ~* '\\mbike\\M' and subject !~* '\\mbattery\\M'
      """, sort: #""sort":"creation""#, by: "created_at desc, id desc"),
    Query(#""status":"open","text":"no such words at all""#, "false"),
    Query(#""tags":["Battery"]"#, "'battery' = any (tags)"),
    Query(
      #""tags":["workshop","battery"]"#, "tags @> '{workshop,battery}'", sort: #""sort":"priority""#, by: byPriority),
    Query(
      #""tags":["workshop","battery","none of them"],"tags_match":"any","status":["open","closed"]"#,
      "tags && '{workshop,battery}' and status in ('open', 'closed')",
      sort: #""sort":"creation","descending":false"#, by: "created_at, id"),
    Query(#""tags":["workshop","none of them"]"#, "false"),
    Query(#""snoozed":true"#, "snoozed_until > now()"),
    Query(#""snoozed":false,"status":"pending""#, "snoozed_until is null and status = 'pending'"),
  ]

  @Test(arguments: queries.indices) func walksThroughAllOfItOnceAndCountsTheSame(_ index: Int) throws {
    let desk = try TestDesk.demo()
    let query = Self.queries[index]
    let agent = "(select a.id from public.agent_profiles a where a.clerk_user_id = '\(DemoDesk.agent)')"
    let expected = try desk.database.superuser().query(
      """
      select id from public.tickets where organization_id = \(Self.organization)
         and (\(query.condition.replacing("$1", with: agent))) order by \(query.order)
      """
    ).compactMap { $0[0] }
    // Page by page of one would take hundreds of calls.
    for (limit, most) in [
      (1, min(3, expected.count)), (7, expected.count), (25, expected.count), (100, expected.count),
    ] {
      let found = try desk.walk("tickets.list", query.params, limit: limit, atMost: most)
      #expect(found == Array(expected.prefix(most)), "\(query.params), \(limit) a page")
    }
    let count = try #require(desk.call("tickets.count", "{\(query.filters)}", as: .agent).tree)
    let byAssignee = count["by_assignee"]?.elements?.compactMap { $0["count"]?.integer }
    #expect(count["total"]?.integer == expected.count)
    #expect(count["by_status"]?.members?.values.compactMap(\.integer).reduce(0, +) == expected.count)
    #expect(byAssignee?.reduce(0, +) == expected.count)
    #expect(byAssignee == byAssignee?.sorted(by: >))
    #expect(count["by_other_assignees"]?.integer == 0)
  }

  @Test(arguments: [
    ("last_activity_at", #""from":"2026-03-01T00:00:00Z""#, "last_activity_at >= '2026-03-01T00:00:00Z'"),
    ("last_activity_at", #""before":"2026-03-01T01:00:00+01:00""#, "last_activity_at < '2026-03-01T00:00:00Z'"),
    (
      "created_at", #""from":"2026-02-01T00:00:00Z","before":"2026-03-01T00:00:00Z""#,
      "created_at >= '2026-02-01T00:00:00Z' and created_at < '2026-03-01T00:00:00Z'"
    ),
  ]) func keepsToTimes(_ column: String, _ range: String, _ condition: String) throws {
    let desk = try TestDesk.demo()
    let session = try desk.database.superuser()
    try session.run(
      """
      set session_replication_role = replica;
      update public.tickets t
         set created_at = timestamptz '2026-01-01T00:00:00Z' + n.n * interval '12 hours',
             last_activity_at = timestamptz '2026-01-01T00:00:00Z' + n.n * interval '12 hours'
        from (select id, row_number() over (order by id) - 1 as n from public.tickets) as n
       where n.id = t.id
      """)
    let expected = try session.query(
      "select id from public.tickets where organization_id = \(Self.organization) and \(condition) order by id"
    ).compactMap { $0[0] }
    let found = try desk.walk("tickets.list", #""\#(column)":{\#(range)}"#, limit: 100, atMost: 300)
    #expect(found.sorted() == expected.sorted())
    #expect(!expected.isEmpty && expected.count < 180)
  }

  @Test func endsAPageAt48KiBButNeverBeforeItsFirstItem() throws {
    let desk = try TestDesk.demo()
    let large = String(repeating: "x", count: 30_000)
    let larger = String(repeating: "x", count: 60_000)
    let customer = try #require(
      desk.call("tickets.list", #"{"limit":1}"#, as: .agent).tree?["items"]?[0]?["customer_id"]?.string)
    for text in [large, "small", large, larger, "small"] {
      let params = #"{"subject":"s","customer_id":"\#(customer)","metadata":{"text":"\#(text)"}}"#
      #expect(try desk.call("tickets.create", params, as: .agent).kind == nil)
    }
    var sizes: [Int] = []
    var cursor = ""
    while sizes.reduce(0, +) < 5 {
      let answer = try desk.call("tickets.list", #"{"limit":25,"sort":"creation"\#(cursor)}"#, as: .agent)
      sizes.append(try #require(answer.tree?["items"]?.elements?.count))
      #expect(sizes.last == 1 || answer.json.utf8.count < 50 * 1024)
      cursor = #","cursor":"\#(try #require(answer.tree?["next_cursor"]?.string))""#
    }
    #expect(sizes.prefix(3) == [1, 1, 2])
  }

  @Test func takesACursorOnlyForItsOwnQueryAndOrganization() throws {
    let desk = try TestDesk.demo()
    let first = try desk.call("tickets.list", #"{"limit":2,"status":"open"}"#, as: .agent)
    let cursor = try #require(first.tree?["next_cursor"]?.string)
    let tries: [(params: String, person: TestDesk.Person, kind: String?)] = [
      (#""status":"open""#, .agent, nil), (#""status":["open"],"limit":50"#, .admin, nil),
      (#""status":"open""#, .stranger, "invalid_params"), (#""status":"pending""#, .agent, "invalid_params"),
      (#""status":"open","sort":"creation""#, .agent, "invalid_params"),
      (#""status":"open","descending":false"#, .agent, "invalid_params"),
      (#""status":"open","assigned_to":"none""#, .agent, "invalid_params"),
    ]
    for (params, person, kind) in tries {
      #expect(try desk.call("tickets.list", #"{"cursor":"\#(cursor)",\#(params)}"#, as: person).kind == kind)
    }
  }
}

extension TestDesk {
  /// The ids of a list's items, page after page.
  func walk(_ method: String, _ params: String, limit: Int, atMost most: Int) throws -> [String] {
    var ids: [String] = []
    var cursor: String?
    repeat {
      let rest = params.isEmpty ? "" : "," + params
      let position = cursor.map { #","cursor":"\#($0)""# } ?? ""
      let answer = try call(method, #"{"limit":\#(limit)\#(rest)\#(position)}"#, as: .agent)
      guard case .result = answer, let tree = answer.tree else { throw TestFailure("\(method): \(answer)") }
      ids += tree["items"]?.elements?.compactMap { $0["id"]?.string } ?? []
      cursor = tree["next_cursor"]?.string
    } while cursor != nil && ids.count < most
    return ids
  }
}
