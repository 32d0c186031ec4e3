import JSON
import Postgres

enum CustomersMerge: DeskMethod {
  struct Params: Sendable {
    let id: String
    let sources: [String]
    let version: Int?
  }

  static let name = "customers.merge"
  static let summary =
    "Merges customers who are the same person into one: their tickets, messages and identities move there, values of "
    + "fields where the target has none; name, metadata and a block stay each one's own. Who was merged is no longer "
    + "listed, points at the target (merged_into), and what comes to them later comes there, too. customers.unmerge "
    + "undoes it within 30 days."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    .required("id", .uuid, "The customer who takes the others in; not merged themselves."),
    .required("sources", .list(of: .uuid, atMost: 20), "The customers to merge into them, none of them merged before."),
    WriteParams.expectedVersion("The version of id that was read; another one now is a conflict."),
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query("select desk.merge_customers($2::uuid[], $1::uuid)")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    guard !params.sources.isEmpty else {
      throw Failure(.invalidParams, "Name at least one customer.", path: "/sources")
    }
    // Rows are locked in one order, whichever the target is.
    let places = params.sources.indices.map { (id: params.sources[$0], path: "/sources/\($0)") }
    let all = (places + [(params.id, "/id")]).sorted { $0.id < $1.id }
    let expectations = all.map { place in
      Write.Expectation(
        "customer", place.id, version: place.path == "/id" ? params.version : nil, at: place.path)
    }
    return .write(
      Write(
        lock: nil, and: all.map { CustomerParams.peopleLock($0.id) } + [FieldParams.sharedLock(caller)],
        expecting: expectations,
        [query(params.id, "{\(params.sources.joined(separator: ","))}")], answer: CustomersGet.query(params.id)))
  }
}
