import Foundation
import JSON
import Postgres
import Testing

@testable import Desk

/// What PostgreSQL makes of the statements of exports: ranges from the index alone, and each part of an item from one
/// ordered walk through its own index, in a giant organization and in a small one.
@Suite(.serialized) struct ExportPlanTests {
  @Test(arguments: ["customers.export", "tickets.export"], [0, 7])
  func aRangeIsReadInOrder(_ method: String, _ organization: Int) throws {
    let session = try PlanDesk.session(of: organization)
    let export = try Self.export(method, in: organization)
    let range = ExportRange(after: PlanDesk.id(organization, 0), upto: PlanDesk.id(organization, 20), rows: 20)
    let plan = try Self.plan(export.statements(for: .read(1, range)), session)
    #expect(plan.contains(try Regex("(\(method.prefix(while: { $0 != "." }))_organization_id_id_key)[ \n]")), "\(plan)")
    #expect(PlanDesk.flaws(of: plan) == [], "\(plan)")
    #expect(plan.matches(of: /Rows Removed by Filter: \d{3,}/).isEmpty, "\(plan)")
    if method == "customers.export" {
      for index in ["idx_customer_identities_org_customer", "idx_customer_field_values_org_customer"] {
        #expect(plan.contains(try Regex("using \(index) ")), "\(index)\n\(plan)")
      }
      #expect(plan.matches(of: /Left Join/).count == 2 && !plan.contains("Function Scan"), "\(plan)")
    }
    #expect(plan.contains(/\(actual rows=\d*[1-9]\d* loops=1\)/), "\(plan)")
    let touched = try #require(plan.firstMatch(of: /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/))
    let pages = [touched.1, touched.2].compactMap { $0.flatMap { Int($0) } }.reduce(0, +)
    #expect(pages > 0 && pages < 20 * 30, "\(plan)")
  }

  @Test(arguments: ["customers.export", "tickets.export"], [0, 7])
  func rangesComeFromTheIndex(_ method: String, _ organization: Int) throws {
    let session = try PlanDesk.session(of: organization)
    let export = try Self.export(method, in: organization)
    let plan = try Self.plan(
      export.statements(for: .look(after: PlanDesk.id(organization, 5), ranges: 8)), session)
    #expect(plan.contains("Index Only Scan using \(method.prefix { $0 != "." })_organization_id_id_key"), "\(plan)")
    #expect(PlanDesk.flaws(of: plan) == [], "\(plan)")
  }

  private static func export(_ name: String, in organization: Int) throws -> Export {
    let method = try #require(Methods.byName[name])
    let plan = try Document("{}".utf8.span).withRoot { root throws in
      try method.plan(root, .root(), PlanDesk.caller(of: organization))
    }
    guard case .export(let export) = plan else { throw TestFailure("\(name) is no export") }
    return export
  }

  private static func plan(_ statements: [Statement], _ session: Session) throws -> String {
    for setting in statements.dropLast() { try session.query(setting.query.text) }
    return try PlanDesk.explain(
      PlanDesk.execution(of: #require(statements.last), session),
      "(analyze, buffers, costs off, timing off, summary off)", session)
  }
}
