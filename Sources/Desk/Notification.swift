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
  public static let all = [cancelRequest, sessionExpiring]

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
}
