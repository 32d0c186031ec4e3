import JSON

enum SessionWhoami: DeskMethod {
  static let name = "session.whoami"
  static let summary = "Tells whom the session acts for, in which organization and until when."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Void>.nothing
  static let result = Identity.shape

  static func plan(_ params: Void, by caller: Caller) -> Plan { .session(.whoami) }
}
