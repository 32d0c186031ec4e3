import JSON
import Postgres

/// A macro rendered over a ticket, and the ticket's version at that moment.
struct MacroRendering: Sendable {
  let text: String
  let ticketVersion: Int
  /// What the macro does, as JSON.
  let actions: String
  let changesCustomer: Bool
  /// The ticket's customer.
  let customer: String

  static let query = Query("select desk.macro_context($1::uuid, $2::uuid)::text")

  /// - Parameter row: what desk.macro_context answered.
  init(row: String) throws(Failure) {
    let document: Document
    do throws(SyntaxError) { document = try Document(row.utf8.span) } catch { throw Failure(.internalError) }
    self = try document.withRoot { root throws(Failure) in try MacroRendering(root) }
  }

  private init(_ root: borrowing Value) throws(Failure) {
    guard
      let body = root.member("body", { $0.string }) ?? nil,
      let version = root.member("ticket_version", { $0.integer }) ?? nil,
      let actions = root.member("actions", { $0.string }) ?? nil,
      let changesCustomer = root.member("changes_customer", { $0.bool }) ?? nil,
      let customer = root.member("customer_id", { $0.string }) ?? nil,
      let context = root.member("context", { TemplateValue($0) })
    else { throw Failure(.internalError) }
    let vocabulary = Vocabulary(fields: Set(root.member("fields", Self.names) ?? []))
    do throws(TemplateError) {
      text = try Template(parsing: body).render(context, knowing: vocabulary)
    } catch {
      throw Failure(error, at: "/id")
    }
    ticketVersion = version
    self.actions = actions
    self.changesCustomer = changesCustomer
    self.customer = customer
  }

  private static func names(_ list: borrowing Value) -> [String] {
    (0..<list.count).compactMap { list.element($0) { $0.string } ?? nil }
  }
}
