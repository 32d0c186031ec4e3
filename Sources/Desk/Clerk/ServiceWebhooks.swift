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
        recipient: call.recipient, method: call.method, caller: nil, stage: .read(missing: nil), bytes: call.bytes),
      at: now)
  }
}
