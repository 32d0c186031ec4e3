import JSON
import Postgres
import Token

extension Service {
  /// Verifies a delivery and, where the desk follows such events, has PostgreSQL apply it.
  mutating func receive(_ delivery: ClerkDelivery, _ call: Call, at now: Moment) throws(Failure) {
    let id = try delivery.verified(by: configuration.webhooks, at: now.seconds)
    let roles = configuration.verifier.policy.adminRoles
    let event = try ClerkEvent(delivery.body, now: now.seconds * 1_000, adminRoles: roles)
    guard let json = event.json else {
      let result = [
        ("id", Line.quoted(id)), ("type", Line.quoted(event.type)), ("applied", "false"),
        ("reason", "\"not_followed\""),
      ]
      return answer(.json(ClerkParts.object(result)), to: call.recipient)
    }
    // An event applied again is a repeated one, so it counts as a read: sent again where a connection broke.
    ask(
      ClerkWebhook.query(id, json),
      Pending(
        recipient: call.recipient, method: call.method, caller: nil, stage: .webhook(event.removal), bytes: call.bytes),
      at: now)
  }

  /// Answers an event that was applied, and ends the sessions of whom it removed: a call of theirs is answered
  /// `session_expired`, and a newer token is refused by `desk.open_session`.
  ///
  /// Other processes learn of it when the tokens of their sessions expire.
  mutating func follow(_ removal: ClerkRemoval?, _ answered: String, for call: Pending, at now: Moment) {
    answer(.json(answered), to: call.recipient)
    let isApplied = (try? Document(answered.utf8.span))?.withRoot { $0.member("applied") { $0.bool } ?? nil }
    guard isApplied == true, let removal else { return }
    sessions.expire(at: now.seconds - configuration.skew) { removal.covers($0) }
    identities.forget { removal.covers($0) }
  }
}
