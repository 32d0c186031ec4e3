import JSON

/// What every write may be told beside its own parameters; no method has to do anything for it.
struct WriteOptions: Sendable {
  var key: IdempotencyKey?
  /// It runs for real, answers what would be, and is rolled back.
  var isDryRun = false
  /// Which call of a batch it is.
  var call: Int?

  static let members = Schema<(key: String?, isDryRun: Bool)>.members(
    .optional(
      "idempotency_key", .text(1...255),
      "Your name for this call: for 24 hours the same call under the same name does nothing again and answers the same. "
        + "Another call under it is refused with idempotency_mismatch."),
    .optional(
      "dry_run", .bool, absent: false, "Answers what would be, checked and computed for real; nothing is kept."),
    as: { ($0, $1) })

  /// The members' names.
  static let names = members.shape.properties.map(\.name)

  init() {}

  init(_ params: borrowing Value, at place: Place, of method: AnyMethod) throws(Failure) {
    let given: (key: String?, isDryRun: Bool)
    do throws(Fault) { given = try Self.members.decode(params, at: place) } catch { throw Failure(error) }
    isDryRun = given.isDryRun
    key = given.key.map {
      IdempotencyKey($0, for: method.name, Canonical(params, at: place, without: method.commonMembers))
    }
  }
}
