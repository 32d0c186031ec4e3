import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct TicketsListTests {
  private static let organization = "(select o.id from public.organizations o where o.clerk_id = 'org_demo_moorland')"

  /// Parameters, and the same in the plainest SQL.
  private static let queries: [(params: String, condition: String, order: String)] = [
    ("", "true", "last_activity_at desc, id desc"),
    (#""descending":false"#, "true", "last_activity_at, id"),
    (#""sort":"creation""#, "true", "created_at desc, id desc"),
    (#""sort":"priority""#, "true", "priority desc, last_activity_at desc, id desc"),
    (#""sort":"priority","descending":false"#, "true", "priority, last_activity_at, id"),
    (#""status":"open""#, "status = 'open'", "last_activity_at desc, id desc"),
    (#""status":["pending","open"]"#, "status in ('open', 'pending')", "last_activity_at desc, id desc"),
    (
      #""status":["solved","closed","open"],"sort":"priority""#, "status <> 'pending'",
      "priority desc, last_activity_at desc, id desc"
    ),
    (#""priority":["urgent","low","urgent"]"#, "priority in ('urgent', 'low')", "last_activity_at desc, id desc"),
    (
      #""priority":["urgent","high"],"status":["open","pending"],"sort":"creation","descending":false"#,
      "priority in ('urgent', 'high') and status in ('open', 'pending')", "created_at, id"
    ),
    (#""assigned_to":"me""#, "assigned_to = $1", "last_activity_at desc, id desc"),
    (#""assigned_to":"me","status":"closed""#, "assigned_to = $1 and status = 'closed'", "last_activity_at desc, id desc"),
    (#""assigned_to":"none""#, "assigned_to is null", "last_activity_at desc, id desc"),
    (
      #""assigned_to":"none","priority":"normal","sort":"priority""#, "assigned_to is null and priority = 'normal'",
      "priority desc, last_activity_at desc, id desc"
    ),
    (
      #""text":"bike -battery","sort":"creation""#,
      """
      exists (
        select from public.ticket_messages m
         where m.ticket_id = tickets.id and m.body ~* '\\mbike\\M' and m.body !~* '\\mbattery\\M')
        or subject ~* '\\mbike\\M' and subject !~* '\\mbattery\\M'
      """, "created_at desc, id desc"
    ),
    (#""status":"open","text":"no such words at all""#, "false", "id"),
  ]

  @Test(arguments: queries.indices, [1, 7, 25, 100]) func walksThroughAllOfItOnce(_ index: Int, _ limit: Int) throws {
    let desk = try TestDesk.demo()
    let (params, condition, order) = Self.queries[index]
    let agent = "(select a.id::text from public.agent_profiles a where a.clerk_user_id = '\(DemoDesk.agent)')"
    let expected = try desk.database.superuser().query(
      """
      select id from public.tickets where organization_id = \(Self.organization)
         and (\(condition.replacing("$1", with: "\(agent)::uuid"))) order by \(order)
      """
    ).compactMap { $0[0] }
    // Page by page of one would take hundreds of calls.
    let most = limit == 1 ? min(3, expected.count) : expected.count
    let found = try desk.walk("tickets.list", params, limit: limit, atMost: most)
    #expect(found == Array(expected.prefix(most)))
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

  @Test(arguments: queries.indices) func countsWhatItLists(_ index: Int) throws {
    let desk = try TestDesk.demo()
    let filters = Self.queries[index].params.split(separator: ",\"sort\"")[0]
    guard !filters.contains("sort"), !filters.contains("descending") else { return }
    let listed = try desk.walk("tickets.list", String(filters), limit: 100, atMost: 300)
    let answer = try desk.call("tickets.count", "{\(filters)}", as: .agent)
    let count = try #require(answer.tree, "\(answer)")
    #expect(count["total"]?.integer == listed.count)
    #expect(count["by_status"]?.members?.values.compactMap(\.integer).reduce(0, +) == listed.count)
    let byAssignee = count["by_assignee"]?.elements?.compactMap { $0["count"]?.integer }
    #expect(byAssignee?.reduce(0, +) == listed.count)
    #expect(byAssignee == byAssignee?.sorted(by: >))
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
