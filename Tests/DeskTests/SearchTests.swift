import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct SearchTests {
  /// A query, and the same in the plainest SQL about a ticket t and its customer c.
  private static let queries: [(query: String, condition: String)] = [
    ("brake", has("brake")),
    ("brake battery", "\(has("brake")) and \(has("battery"))"),
    ("BRAKE -lever", "\(has("brake")) and not \(has("lever"))"),
    ("-brake", "not \(has("brake"))"),
    (#""front brake""#, hasText("front brake")),
    ("batt*", has("batt\\w*")),
    ("subject:brake", "t.subject ~* '\\mbrake\\M'"),
    ("-subject:tyre*", "t.subject !~* '\\mtyre'"),
    ("whitmore", has("whitmore")),
    ("whitmore brake", "\(has("whitmore")) and \(has("brake"))"),
    ("plus panniers", "\(has("plus")) and \(has("panniers"))"),
    ("status:open,pending", "t.status in ('open', 'pending')"),
    ("-status:closed priority:>=high", "t.status <> 'closed' and t.priority in ('high', 'urgent')"),
    ("assignee:me", "t.assigned_to = $agent"),
    ("-assignee:me", "t.assigned_to is distinct from $agent"),
    ("assignee:none,me", "coalesce(t.assigned_to = $agent, true)"),
    (
      "assignee:priya@moorland.example",
      "t.assigned_to = (select id from public.agent_profiles where email = 'priya@moorland.example')"
    ),
    ("is:unassigned", "t.assigned_to is null"),
    ("has:assignee", "t.assigned_to is not null"),
    (#"customer:"hannah whitmore""#, "c.name = 'Hannah Whitmore'"),
    ("customer:hannah,daniel", "c.name ~ '^(Hannah|Daniel) '"),
    ("-customer:hannah,daniel status:open", "c.name !~ '^(Hannah|Daniel) ' and t.status = 'open'"),
    ("has:note", "exists (select from public.ticket_messages m where m.ticket_id = t.id and m.is_internal)"),
    ("-has:note", "not exists (select from public.ticket_messages m where m.ticket_id = t.id and m.is_internal)"),
    ("has:reply", "t.first_reply_at is not null"),
    ("created:>60d", "t.created_at >= now() - interval '60 days'"),
    (
      "created:<60d -created:<100d",
      "t.created_at < now() - interval '60 days' and t.created_at >= now() - interval '100 days'"
    ),
    ("activity:>=2020", "true"),
    ("updated:<2020", "false"),
    ("field.plan:plus", value("plan", "= 'plus'")),
    ("field.plan:PLUS,basic", value("plan", "in ('plus', 'basic')")),
    ("-field.plan:plus", "not \(value("plan", "= 'plus'"))"),
    ("field.bikes_owned:>1", value("bikes_owned", "> 1", isNumber: true)),
    ("field.bikes_owned:1..2", value("bikes_owned", "between 1 and 2", isNumber: true)),
    ("field.bikes_owned:2", value("bikes_owned", "= 2", isNumber: true)),
    ("field.purchase_date:>=2026-01-01", value("purchase_date", ">= '2026-01-01'")),
    ("field.newsletter:yes", value("newsletter", "= 'true'")),
    (#"field.accessories:"rain cover",panniers"#, value("accessories", "~ '\"(rain cover|panniers)\"'")),
    ("field.frame_number:*", value("frame_number", "is not null")),
    ("-field.frame_number:*", "not \(value("frame_number", "is not null"))"),
    ("brake field.plan:plus status:closed", "\(has("brake")) and \(value("plan", "= 'plus'")) and t.status = 'closed'"),
    (
      "field.plan:plus field.bikes_owned:>1",
      "\(value("plan", "= 'plus'")) and \(value("bikes_owned", "> 1", isNumber: true))"
    ),
    ("nosuchwordatall", "false"),
    ("brake nosuchwordatall", "false"),
  ]

  @Test(arguments: queries.indices) func findsWhatIsAskedFor(_ index: Int) throws {
    let desk = try Self.desk()
    let row = Self.queries[index]
    let agent = "(select a.id from public.agent_profiles a where a.clerk_user_id = '\(DemoDesk.agent)')"
    let expected = try desk.database.superuser().query(
      """
      select t.id from public.tickets t join public.customers c on c.id = t.customer_id
       where t.organization_id = (select o.id from public.organizations o where o.clerk_id = '\(DemoDesk.organization)')
         and (\(row.condition.replacing("$agent", with: agent)))
       order by t.last_activity_at desc, t.id desc
      """
    ).compactMap { $0[0] }
    let query = #""query":\#(Line(row.query).text)"#
    for limit in [7, 100] {
      #expect(try desk.walk("tickets.list", query, limit: limit, atMost: 300) == expected, "\(row.query)")
      #expect(try desk.found(query + #","sort":"time""#, limit: limit) == expected, "\(row.query)")
      #expect(Set(try desk.found(query, limit: limit)) == Set(expected), "\(row.query)")
    }
    let answer = try #require(desk.call("search", "{\(query)}", as: .agent).tree)
    #expect(answer["count"]?["value"]?.integer == expected.count)
    #expect(answer["count"]?["is_exact"] == .bool(true))
  }

  /// Only reads, so that all tests share one desk.
  private static let database = Result { try TestCluster.createDemoDatabase() }

  private static func desk() throws -> TestDesk { try TestDesk(database.get()) }

  private static func has(_ word: String) -> String { hasText("\\m\(word)\\M") }

  private static func hasText(_ pattern: String) -> String {
    """
    (t.subject ~* '\(pattern)' or c.name ~* '\(pattern)' or c.email ~* '\(pattern)' or exists (
      select from public.ticket_messages m where m.ticket_id = t.id and m.body ~* '\(pattern)') or exists (
      select from public.customer_field_values v where v.customer_id = c.id and v.value ~* '\(pattern)'))
    """
  }

  private static func value(_ field: String, _ test: String, isNumber: Bool = false) -> String {
    let value = isNumber ? "(case when v.value ~ '^[0-9.]+$' then v.value::numeric end)" : "v.value"
    return """
      exists (select from public.customer_field_values v join public.customer_fields f on f.id = v.field_id
      where v.customer_id = c.id and f.field_name = '\(field)' and \(value) \(test))
      """
  }

  private struct Line {
    let text: String

    init(_ text: String) { self.text = "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
  }

  @Test func findsNamesThatAreAlmostRight() throws {
    let desk = try Self.desk()
    let right = try desk.found(#""query":"whitmore""#, limit: 100)
    #expect(!right.isEmpty)
    for wrong in ["whitmoer", "Whitmor", "witmore", "hanah"] {
      #expect(Set(try desk.found(#""query":"\#(wrong)""#, limit: 100)).isSuperset(of: right), "\(wrong)")
    }
    #expect(try desk.found(#""query":"-whitmoer whitmore""#, limit: 100).count == right.count)
  }

  @Test func ranksTheSubjectAboveMessagesAndMarksWhatItFound() throws {
    let desk = try TestDesk.demo()
    let customer = try #require(
      desk.call("tickets.list", #"{"limit":1}"#, as: .agent).tree?["items"]?[0]?["customer_id"]?.string)
    for (subject, body) in [("Nothing", "A zeppelin ⟦over⟧ the hill"), ("The zeppelin", "Nothing")] {
      let params = #"{"subject":"\#(subject)","customer_id":"\#(customer)","message":{"body":"\#(body)"}}"#
      let answer = try desk.call("tickets.create", params, as: .agent)
      #expect(answer.kind == nil, "\(answer)")
    }
    // What was just written is found at once.
    let items = try #require(desk.call("search", #"{"query":"zeppelin"}"#, as: .agent).tree?["items"]?.elements)
    #expect(items.map { $0["ticket"]?["subject"]?.string } == ["The zeppelin", "Nothing"])
    #expect(items[0]["snippet"]?["text"]?.string == "The ⟦zeppelin⟧")
    #expect(items[0]["snippet"]?["message_id"] == .null)
    #expect(items[1]["snippet"]?["text"]?.string == "A ⟦zeppelin⟧ over the hill")
    #expect(items[1]["snippet"]?["message_id"]?.string != nil)
  }

  /// A query, and the error about it: from the parser, or from the organization's own definitions.
  @Test(arguments: [
    ("statu:open", "query_error", 0, 10, "did you mean status?"),
    ("bike field.plam:pro", "query_error", 5, 14, "there is no field plam; there are accessories, bikes_owned,"),
    ("field.bikes_owned:many", "query_error", 0, 22, "bikes_owned is a field of numbers, and many is none"),
    ("field.bikes_owned:>many", "query_error", 0, 23, "is a field of numbers"),
    ("field.purchase_date:>soon", "query_error", 0, 25, "a field of dates such as"),
    ("field.plan:>plus", "query_error", 0, 16, "has no larger and smaller"),
    ("field.newsletter:perhaps", "query_error", 0, 24, "either true or false"),
  ]) func pointsAtWhatIsWrong(_ query: String, _ kind: String, _ position: Int, _ length: Int, _ says: String) throws {
    let desk = try Self.desk()
    for method in ["search", "tickets.list"] {
      let answer = try desk.call(method, #"{"query":"\#(query)"}"#, as: .agent)
      let error = try #require(answer.tree)
      #expect(answer.kind == kind)
      #expect(error["data"]?["path"]?.string == "/query")
      #expect(error["data"]?["details"]?["position"]?.integer == position)
      #expect(error["data"]?["details"]?["length"]?.integer == length)
      #expect(error["message"]?.string?.contains(says) == true, "\(error.json)")
    }
  }

  @Test func takesACursorOnlyForItsOwnQueryAndOrganization() throws {
    let desk = try Self.desk()
    for method in ["search", "tickets.list"] {
      let first = try desk.call(method, #"{"query":"brake","limit":2}"#, as: .agent)
      let cursor = try #require(first.tree?["next_cursor"]?.string)
      let tries: [(params: String, person: TestDesk.Person, kind: String?)] = [
        (#""query":"brake""#, .agent, nil), (#""query":"brake","limit":50"#, .admin, nil),
        (#""query":"brake""#, .stranger, "invalid_params"), (#""query":"brakes""#, .agent, "invalid_params"),
        (#""query":"brake","sort":"\#(method == "search" ? "time" : "creation")""#, .agent, "invalid_params"),
      ]
      for (params, person, kind) in tries {
        #expect(try desk.call(method, #"{"cursor":"\#(cursor)",\#(params)}"#, as: person).kind == kind, "\(params)")
      }
    }
  }

  @Test func filtersListsByFields() throws {
    let desk = try Self.desk()
    let superuser = try desk.database.superuser()
    let rows: [(params: String, condition: String)] = [
      (#"{"plan":"plus"}"#, Self.value("plan", "= 'plus'")),
      (#"{"plan":["Plus","basic"]}"#, Self.value("plan", "in ('plus', 'basic')")),
      (#"{"bikes_owned":{"gt":1}}"#, Self.value("bikes_owned", "> 1", isNumber: true)),
      (#"{"bikes_owned":{"gte":1,"lt":2}}"#, Self.value("bikes_owned", "= 1", isNumber: true)),
      (#"{"purchase_date":{"gte":"2026-01-01"}}"#, Self.value("purchase_date", ">= '2026-01-01'")),
      (#"{"newsletter":false}"#, Self.value("newsletter", "= 'false'")),
      (
        #"{"accessories":"panniers","plan":"plus"}"#,
        "\(Self.value("accessories", "~ '\"panniers\"'")) and \(Self.value("plan", "= 'plus'"))"
      ),
      (#"{"frame_number":null}"#, "not \(Self.value("frame_number", "is not null"))"),
    ]
    let organization = "(select o.id from public.organizations o where o.clerk_id = '\(DemoDesk.organization)')"
    for (params, condition) in rows {
      let customers = try superuser.query(
        "select c.id from public.customers c where c.organization_id = \(organization) and \(condition) order by c.name, c.id"
      ).compactMap { $0[0] }
      #expect(!customers.isEmpty)
      let found = try desk.walk("customers.list", #""fields":\#(params)"#, limit: 5, atMost: 500)
      #expect(found == customers, "\(params)")
      let tickets = try superuser.query(
        """
        select t.id from public.tickets t join public.customers c on c.id = t.customer_id
         where t.organization_id = \(organization) and t.status = 'closed' and \(condition)
         order by t.created_at desc, t.id desc
        """
      ).compactMap { $0[0] }
      let list = #""fields":\#(params),"status":"closed","sort":"creation""#
      #expect(try desk.walk("tickets.list", list, limit: 7, atMost: 300) == tickets, "\(params)")
    }
    let wrong = try desk.call("customers.list", #"{"fields":{"plan":"plus","seats":{"gt":3}}}"#, as: .agent)
    #expect(wrong.kind == "query_error")
    #expect(wrong.tree?["data"]?["path"]?.string == "/fields/seats")
  }
}

extension TestDesk {
  /// The ids of the tickets that a search finds, page after page.
  fileprivate func found(_ params: String, limit: Int) throws -> [String] {
    var ids: [String] = []
    var cursor = ""
    while true {
      let answer = try call("search", #"{"limit":\#(limit),\#(params)\#(cursor)}"#, as: .agent)
      guard case .result = answer, let tree = answer.tree else { throw TestFailure("search: \(answer)") }
      ids += tree["items"]?.elements?.compactMap { $0["ticket"]?["id"]?.string } ?? []
      guard let next = tree["next_cursor"]?.string else { return ids }
      cursor = #","cursor":"\#(next)""#
    }
  }
}
