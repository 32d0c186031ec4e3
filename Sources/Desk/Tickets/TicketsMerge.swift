import JSON
import Postgres

enum TicketsMerge: DeskMethod {
  struct Params: Sendable {
    let id: String
    let sources: [String]
    let version: Int?
  }

  static let name = "tickets.merge"
  static let summary =
    "Merges other tickets into one: their messages move there and stand by time, they are closed and point at it "
    + "(merged_into), and what is written to them later arrives there, too. Internal notes on all of them say so. The "
    + "customer stays the target's; every message keeps its sender. A target that is solved or asleep is opened where somebody "
    + "waits in what it takes in. Other changes of a merged ticket are refused, with merged_into. tickets.unmerge undoes it."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    .required("id", .uuid, "The ticket that takes the others in; neither closed nor merged itself."),
    .required("sources", .list(of: .uuid, atMost: 50), "The tickets to merge into it, none of them merged before."),
    WriteParams.expectedVersion("The version of id that was read; another one now is a conflict."),
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query(
    "select desk.merge_tickets($2::uuid[], $1::uuid)")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    guard !params.sources.isEmpty else {
      throw Failure(.invalidParams, "Name at least one ticket.", path: "/sources")
    }
    // Rows are locked in one order as well, whichever the target is.
    let places = params.sources.indices.map { (id: params.sources[$0].lowercased(), path: "/sources/\($0)") }
    let all = (places + [(params.id.lowercased(), "/id")]).sorted { $0.id < $1.id }
    let expectations = all.map { place in
      Write.Expectation(
        "ticket", place.id, version: place.path == "/id" ? params.version : nil, to: .merge, at: place.path)
    }
    return .write(
      Write(
        lock: params.id.lowercased(), and: places.map(\.id), expecting: expectations,
        [query(params.id, "{\(params.sources.joined(separator: ","))}")], answer: TicketsGet.query(params.id)))
  }
}
