import JSON
import Postgres

enum TicketsDiff: DeskMethod {
  struct Params: Sendable {
    let id: String
    let from: Point
    let to: Point?
  }

  /// A place in a ticket's history.
  enum Point: Sendable {
    case version(Int)
    case time(String)

    static let schema = Schema<Point>.either(
      Schema<Int>.integer(1...Int(Int32.max)).map { .version($0) }, Schema<String>.time.map { .time($0) })

    /// The version and the instant, one of them nil.
    var parameters: [String?] {
      switch self {
      case .version(let version): [String(version), nil]
      case .time(let time): [nil, time]
      }
    }
  }

  static let name = "tickets.diff"
  static let summary = "What is different in a ticket between two of its versions or two instants."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    TicketParams.id,
    .required("from", Point.schema, "A version or an instant."),
    .optional("to", Point.schema, "A version or an instant; without it, now."),
    as: Params.init)
  static let result = Shape.object([
    .init("id", .uuid),
    .init("from", point), .init("to", point),
    .init("changes", AuditShapes.changes, summary: "Members from and to; of long texts the first 4 KiB."),
  ])
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  private static let point = Shape.object([
    .init("version", .integer(1...Int(Int32.max))), .init("changed_at", .time),
  ])
  private static let query = Query(
    """
    select a.diff::text
      from (
        select desk.ticket_diff(t.id, $2::integer, $3::timestamptz, $4::integer, $5::timestamptz) as diff
          from public.tickets t
         where t.id = $1::uuid and t.deleted_at is null
        offset 0
      ) as a
     where a.diff is not null
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let parameters = [params.id] + params.from.parameters + (params.to?.parameters ?? [nil, nil])
    return .read(Statement(query, parameters), missing: .notFound("ticket", at: "/id"))
  }
}
