import JSON
import Postgres

enum EventsSince: DeskMethod {
  struct Params: Sendable {
    let cursor: String?
    let start: String?
    let types: [String]?
    let ticket: String?
    let limit: Int
  }

  static let name = "events.since"
  static let summary =
    "What happened to everything the caller may see, behind a cursor: complete, each event once, in the order of their "
    + "transactions, the events of one transaction together."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    EventShapes.cursor,
    .optional(
      "from", .choice(["now", "beginning"]),
      "Where to begin without a cursor: now, which is usual and answers an empty page, or with the first event."),
    EventShapes.types, EventShapes.ticket,
    .optional(
      "limit", .integer(Page.limits), absent: 25,
      "Events at most; a page also ends at 48 KiB, and before a transaction that does not fit as a whole."),
    as: Params.init)
  static let result = EventShapes.page
  static let errors: [FailureKind] = [.cursorForeign]
  static let statements = EventPage.queries

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    guard params.cursor == nil || params.start == nil else {
      throw Failure(.invalidParams, "A cursor says already where to begin.", path: "/from")
    }
    let cursor: EventCursor
    switch (params.cursor, params.start) {
    case (let text?, _): cursor = try EventCursor(text)
    case (nil, "beginning"): cursor = .beginning
    default: return .read(EventPage.now())
    }
    let filter = EventFilter(types: params.types, ticket: params.ticket)
    return .read(EventPage.statement(behind: cursor, filter, limit: params.limit))
  }
}
