import JSON
import Postgres

enum MacrosApply: DeskMethod {
  static let name = "macros.apply"
  static let summary =
    "Applies a macro to a ticket, all of it or nothing: writes its text there as the caller's reply or note, and does "
    + "its actions with the caller's rights. An action that cannot be done is named in data.details."
  static let access = Access.write
  static let cost = Cost.page
  static let effect = Effect.customerVisible
  static let params = Schema<MacroApplication>.object(
    MacroParams.id, MacroApplication.ticketID, MacroApplication.isInternal, WriteParams.seenMessageID,
    MacroApplication.version, as: MacroApplication.init)
  static let result = MacroApplication.result
  static let errors = MacroApplication.errors
  static let statements = MacroApplication.statements

  static func plan(_ application: MacroApplication, by caller: Caller) -> Plan {
    application.plan(by: caller) { .write($0) }
  }
}
