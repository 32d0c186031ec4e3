/// What the feed of events is called on the wire, for whoever is a client of the desk in its own process.
public enum FeedNames {
  public static let since = EventsSince.name
  public static let subscribe = EventsSubscribe.name
  public static let unsubscribe = EventsUnsubscribe.name
  /// The notification that ends a subscription.
  public static let lagging = Notifications.eventsLagging.name
}
