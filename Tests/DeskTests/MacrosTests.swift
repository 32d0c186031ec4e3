import Dispatch
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct MacrosTests {
  /// A template, what it renders to (nil: it is refused when it is written), and why.
  static let templates: [(body: String, text: String?)] = [
    ("{{customer.name}}, {{customer.fields.bikes_owned}} bike", "Elena Popescu, 1 bike"),
    ("{{#customer.fields.newsletter}}news{{/customer.fields.newsletter}}", ""),
    ("{{^customer.fields.newsletter}}no news{{/customer.fields.newsletter}}", "no news"),
    ("{{#customer.fields}}{{model}} {{plan}}{{/customer.fields}}", "Curlew basic"),
    ("{{#customer.fields.accessories}}[{{.}}]{{/customer.fields.accessories}}", ""),
    ("{{agent.email}} {{organization.support_email}}", "priya@moorland.example support@moorland.example"),
    ("<b>&\"{{ticket.subject}}\"", "<b>&\"Address on invoice MC-25738\""),
    ("{{customer.secret}}", nil),
    ("{{customer}}", nil),
    ("{{{customer.name}}}", nil),
    (String(repeating: "{{#customer}}", count: 9) + String(repeating: "{{/customer}}", count: 9), nil),
  ]

  static let ticket = "04065969-6f24-4c87-8524-64d7d91c08cc"

  @Test func rendersOverTheTicketItsCustomerTheCallerAndTheOrganization() throws {
    let desk = try TestDesk.demo()
    for (number, template) in Self.templates.enumerated() {
      let created = try desk.create("Test \(number)", template.body)
      guard let text = template.text else {
        #expect(created.kind == "template_error", "\(template.body)")
        continue
      }
      let id = try #require(created.tree?["id"]?.string, "\(created.json)")
      let rendered = try desk.call("macros.render", #"{"id":"\#(id)","ticket_id":"\#(Self.ticket)"}"#, as: .agent)
      #expect(rendered.tree?["text"]?.string == text, "\(rendered.json)")
    }
  }

  @Test func refusesATemplateThatNamesAFieldThatIsGone() throws {
    let desk = try TestDesk.demo()
    let id = try #require(try desk.create("Model", "a\n{{customer.fields.model}}").tree?["id"]?.string)
    try Session(desk.database.endpoints.superuser).run("delete from public.customer_fields where field_name = 'model'")
    let answer = try desk.call("macros.render", #"{"id":"\#(id)","ticket_id":"\#(Self.ticket)"}"#, as: .agent)
    #expect(answer.tree?["data"]?["path"]?.string == "/id")
    #expect(answer.tree?["data"]?["details"] == JSONTree(#"{"line":2,"column":1,"offset":2}"#))
  }

  @Test func endsWhatWouldRenderToMoreThanItsLimit() throws {
    let desk = try TestDesk.demo()
    let body = String(repeating: "{{ticket.subject}}", count: 1_800)
    let id = try #require(try desk.create("Long", body).tree?["id"]?.string)
    let subject = String(repeating: "x", count: 500)
    try Session(desk.database.endpoints.superuser).run("update public.tickets set subject = '\(subject)'")
    for method in ["macros.render", "macros.apply"] {
      let answer = try desk.call(method, #"{"id":"\#(id)","ticket_id":"\#(Self.ticket)"}"#, as: .agent)
      #expect(answer.kind == "template_error")
    }
  }

  /// The rendering is read before the ticket's change is committed, the message written after.
  @Test func appliesNothingToATicketThatChangedAfterTheRendering() throws {
    let desk = try TestDesk.demo()
    let other = try Session(desk.database.endpoints.superuser)
    try other.run("begin; update public.tickets set subject = 'Something else' where id = '\(Self.ticket)'")
    let macro = try desk.create("Subject", "About {{ticket.subject}}").tree?["id"]?.string ?? ""
    let watcher = try Session(desk.database.endpoints.superuser)
    // Both sessions are the queue's until the call below has its answer.
    nonisolated(unsafe) let (committing, watching) = (other, watcher)
    DispatchQueue.global().async {
      let waiting =
        "select 1 from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock' limit 1"
      for _ in 0..<100_000 {
        if unsafe ((try? watching.value(waiting, [])) ?? nil) != nil { break }
      }
      unsafe try? committing.run("commit")
    }
    let answer = try desk.call(
      "macros.apply", #"{"id":"\#(macro)","ticket_id":"\#(Self.ticket)"}"#, as: .agent)
    #expect(answer.kind == "conflict", "\(answer.json)")
    let count = try watcher.value(
      "select count(*) from public.ticket_messages where ticket_id = '\(Self.ticket)' and metadata ? 'macro_id'", [])
    #expect(count == "0")
  }
}

extension TestDesk {
  fileprivate func create(_ title: String, _ body: String) throws -> Answer {
    let params = JSONTree.object(["title": .string(title), "body": .string(body)])
    return try call("macros.create", params.json, as: .agent)
  }
}
