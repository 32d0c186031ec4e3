import JSON
import Postgres

/// What is said about calls instead of the desk.
extension Service {
  /// `$/cancelRequest`: overtakes everything, and says nothing itself.
  mutating func control(_ request: Request, _ held: Held, at now: Moment) throws(Failure) {
    guard request.method == Notifications.cancelRequest.name else {
      // LSP's rule for `$/`: an unknown notification is ignored, an unknown request is not.
      if held.recipient.id != nil { throw Failure(.methodNotFound) }
      return settle(held)
    }
    if let target = held.element.target?.bytes(in: held.line.span) {
      cancel(target, at: now)
    }
    if held.recipient.id != nil { answer(.json("null"), to: held.recipient) } else { settle(held) }
  }

  /// Takes back every call with that id, and ends every subscription that one made.
  private mutating func cancel(_ id: [UInt8], at now: Moment) {
    subscriptions.end { $0.request == id }
    let numbers = index.find(id) {
      pending.map { ($0.key, $0.value.recipient.id) } + held.map { ($0.key, $0.value.recipient.id) }
        + exports.map { ($0.key, $0.value.call.recipient.id) }
        + keyWaiters.map { ($0.key, $0.value.recipient.id) }
    }
    for number in numbers {
      if pending[number] != nil {
        cancellations.append(number)
      } else if exports[number] != nil {
        end(number, .failure(Failure(.cancelled)))
      } else if let call = letGo(number) {
        answer(.failure(Failure(.cancelled)), to: call.recipient)
      } else if let waiter = takeKeyWaiter(number) {
        finish(.failure(Failure(.cancelled)), waiter.purpose, waiter.recipient, at: now)
      }
    }
  }

  /// A notification in a batch still counts as one of its calls.
  private mutating func settle(_ held: Held) { answer(.json("null"), to: held.recipient) }
}
