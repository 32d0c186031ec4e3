import JSON
import Postgres

/// What several methods of customers share.
enum CustomerParams {
  static let id = Member<String>.required("id", .uuid, "The customer.")
  static let name = Schema<String>.text(1...200).notBlank
  static let metadata = Schema<String>.raw(maximumBytes: 65_536)

  /// Fails where a deleted customer has the address.
  static let addressQuery = Query("select desk.refuse_deleted_customer($1::text)")
  static let identitiesQuery = Query("select desk.add_identities($1::uuid, $2::jsonb)")
  static let newFieldsQuery = Query("select desk.set_customer_fields($1::uuid, $2::jsonb, true)")
  static let fieldsQuery = Query("select desk.set_customer_fields($1::uuid, $2::jsonb)")

  /// The locks of the customer that an id leads to and of all who were merged into them: what moves between people, or
  /// takes them all, is done by one at a time, and each waits before it has anything in hand.
  static func peopleLock(_ id: String) -> String { "people \(id)" }

  /// A change of one customer, answered with the whole customer.
  static func write(
    _ id: String, _ version: Int?, _ statements: [Statement], lockingToo locks: [String] = []
  ) -> Write {
    Write(
      lock: id, and: locks, expecting: [.init("customer", id, version: version, at: "/id")], statements,
      answer: CustomersGet.query(id))
  }
}
