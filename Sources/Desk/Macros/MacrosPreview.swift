import JSON
import Postgres

enum MacrosPreview: DeskMethod {
  static let name = "macros.preview"
  static let summary =
    "What macros.apply would answer: the whole ticket and the message as they would be. It runs for real, with every "
    + "check, and is rolled back; nothing is kept."
  static let access = Access.write
  static let cost = Cost.page
  static let effect = Effect.read
  static let params = MacrosApply.params
  static let result = MacroApplication.result
  static let errors = MacroApplication.errors
  static let statements = MacroApplication.statements

  static func plan(_ application: MacroApplication, by caller: Caller) -> Plan {
    application.plan(by: caller) { .rehearsal($0) }
  }
}
