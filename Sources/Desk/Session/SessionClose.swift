import JSON

enum SessionClose: Method {
  static let name = "session.close"
  static let summary = "Forgets a session; calls that name it afterwards are refused."
  static let access = Access.open
  static let cost = Cost.point
  static let effect = Effect.internal
  static let params = Schema<String?>.object(
    .optional("session", .text(1...64), "The session; left out, the process's default one."), as: { $0 })
  static let result = Shape.object([.init("closed", .bool)])
  static let errors: [FailureKind] = [.unauthenticated, .sessionUnknown, .sessionAmbiguous]

  static func plan(_ params: String?, for caller: Caller?) -> Plan { .session(.close(session: params)) }
}
