import JSON
import Postgres

enum OrganizationsGet: DeskMethod {
  static let name = "organizations.get"
  static let summary = "The organization that the session acts in."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Void>.nothing
  static let result = OrganizationShapes.detail
  static let statements = [query]

  static let query = Query("select row_to_json(o)::text from desk.organization o where o.id = $1::uuid")

  static func plan(_ params: Void, by caller: Caller) -> Plan { .read(query(caller.organization)) }
}
