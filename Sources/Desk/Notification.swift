public import JSON

/// A message of the wire that nobody answers.
public struct Notification: Sendable {
  public enum Sender: String, Sendable {
    case client, server
  }

  public let name: String
  /// One sentence for the reference.
  public let summary: String
  public let sender: Sender
  public let params: [Shape.Property]
}

/// Every notification of the wire, once.
public enum Notifications {
  public static let all = [cancelRequest, sessionExpiring, events, eventsLagging, exportPart]

  static let cancelRequest = Notification(
    name: "$/cancelRequest",
    summary: "Cancels a call that has no answer yet, in PostgreSQL too; it is answered with the error cancelled.",
    sender: .client,
    params: [.init("id", .union([.text, .number]), summary: "The request's id, as it was sent.")])

  static let sessionExpiring = Notification(
    name: "session.expiring",
    summary: "A session's token expires soon; comes where session.open asked for it with notify_before.",
    sender: .server,
    params: [
      .init("session", .text, summary: "The session's handle."),
      .init("expires_at", .time, summary: "When the token expires."),
    ])

  static let events = Notification(
    name: "events.events",
    summary: "What happened, as events.since would answer it; comes for each subscription of events.subscribe.",
    sender: .server,
    params: [.init("subscription", .text, summary: "The subscription's handle.")] + EventShapes.page.properties)

  static let exportPart = Notification(
    name: "export.part",
    summary:
      "The next part of what customers.export or tickets.export was asked for; the call is answered after the last.",
    sender: .server, params: ExportShapes.part)

  static let eventsLagging = Notification(
    name: "events.lagging",
    summary: "A subscription has ended, since what is sent is read too slowly, or the database was replaced; catch up "
      + "with events.since, or subscribe anew, from the cursor.",
    sender: .server,
    params: [
      .init("subscription", .text, summary: "The subscription's handle, which is no longer known."),
      .init("cursor", .text, summary: "Behind the last event that was sent."),
    ])
}
