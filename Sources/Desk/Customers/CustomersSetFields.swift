import JSON
import Postgres

enum CustomersSetFields: DeskMethod {
  struct Params: Sendable {
    let id: String
    let fields: String
    let version: Int?
  }

  static let name = "customers.set_fields"
  static let summary =
    "Sets values of a customer's fields; those not named stay, null removes one. Afterwards every required field must "
    + "have a value."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    CustomerParams.id, .required("fields", FieldParams.values, FieldParams.valuesSummary), WriteParams.expectedVersion,
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [CustomerParams.fieldsQuery, CustomersGet.query]

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      CustomerParams.write(
        params.id, params.version, [CustomerParams.fieldsQuery(params.id, params.fields)],
        lockingToo: [FieldParams.sharedLock(caller)]))
  }
}
