/// What the methods of subscriptions ask of the service, which holds them.
public enum EventsCommand: Sendable {
  case subscribe(Subscribing)
  case unsubscribe(String)

  /// What is subscribed to, and from where on; nil is from now on.
  public struct Subscribing: Sendable {
    let filter: EventFilter
    let cursor: EventCursor?
  }
}
