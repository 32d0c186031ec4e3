import JSON
import Postgres

enum EventsSubscribe: DeskMethod {
  struct Params: Sendable {
    let types: [String]?
    let ticket: String?
    let cursor: String?
  }

  static let name = "events.subscribe"
  static let summary =
    "Has events sent as they happen, in the notification events.events: what events.since would answer behind the "
    + "cursor. Ends with events.unsubscribe, with its session, when the call is cancelled, or by events.lagging."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    EventShapes.types, EventShapes.ticket,
    .optional(
      "cursor", .text(1...200),
      "Where to go on: of events.since, of the last events.events or events.lagging, or an event's id; left out, now."),
    as: Params.init)
  static let result = Shape.object([
    .init("subscription", .text, summary: "Its handle, which events.unsubscribe takes."),
    .init("cursor", .text, summary: "Where it begins."),
  ])
  static let errors: [FailureKind] = [.cursorForeign, .subscriptionLimit]
  static let statements = [EventPage.start]

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let cursor: EventCursor? = if let text = params.cursor { try EventCursor(text) } else { nil }
    return .events(.subscribe(.init(filter: EventFilter(types: params.types, ticket: params.ticket), cursor: cursor)))
  }
}
