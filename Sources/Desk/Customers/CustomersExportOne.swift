import JSON
import Postgres

enum CustomersExportOne: DeskMethod {
  static let name = "customers.export_one"
  static let summary =
    "Everything about one person in one answer, for whoever asks what is kept of them: the customer and whoever was merged "
    + "into them, with identities and values; their tickets with all messages, notes and deleted ones included; what they "
    + "wrote on tickets of others; their history. At most 16 MiB of messages."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.read
  static let params = Schema<String>.object(CustomerParams.id, as: { $0 })
  static let result = Shape.object([
    .init("customer", CustomerShapes.detail),
    .init("merged", .array(of: CustomerShapes.detail, atMost: nil), summary: "Whoever was merged into them."),
    .init(
      "tickets",
      .array(
        of: .object(
          TicketShapes.row.properties + [
            .init("messages", .array(of: MessageShapes.detail, atMost: nil), summary: "The oldest first.")
          ]), atMost: nil)),
    .init(
      "messages_elsewhere", .array(of: MessageShapes.detail, atMost: nil),
      summary: "What they wrote on tickets of others."),
    .init("history", .array(of: AuditShapes.entry, atMost: nil), summary: "Of the customers, the first change first."),
    .init("exported_at", .time),
  ])
  static let errors: [FailureKind] = [.notFound, .rule]
  static let statements = [query]

  private static let query = Query(
    "select e.person::text from (select desk.export_customer($1::uuid) as person) e where e.person is not null")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("customer", at: "/id"))
  }
}
