import JSON

enum EventsUnsubscribe: DeskMethod {
  static let name = "events.unsubscribe"
  static let summary = "Ends a subscription of this session; nothing more is sent for it once this is answered."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(
    .required("subscription", .text(1...64), "The handle that events.subscribe answered."), as: { $0 })
  static let result = Shape.object([.init("unsubscribed", .bool)])
  static let errors: [FailureKind] = [.notFound]

  static func plan(_ params: String, by caller: Caller) -> Plan { .events(.unsubscribe(params)) }
}
