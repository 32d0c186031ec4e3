import JSON

enum SystemPing: Method {
  static let name = "system.ping"
  static let summary = "Answers at once, whatever else is running."
  static let access = Access.open
  static let cost = Cost.point
  static let params = Schema<Void>.nothing
  static let result = Shape.object([.init("pong", .bool)])

  static func plan(_ params: Void, for caller: Caller?) -> Plan { .answer("{\"pong\":true}") }
}
