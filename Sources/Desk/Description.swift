/// What the process can tell about itself without asking anyone.
public struct Description: Sendable {
  /// This build's.
  public static let release = "0.1.0"

  public var version: String
  /// The number of the newest migration this build knows.
  public var schemaVersion: Int
  /// As the server names it; empty before a connection was made.
  public var serverVersion: String
  public var limits: ServiceLimits

  public init(version: String, schemaVersion: Int, serverVersion: String, limits: ServiceLimits) {
    self.version = version
    self.schemaVersion = schemaVersion
    self.serverVersion = serverVersion
    self.limits = limits
  }
}

/// The numbers that the service keeps to; the README lists them.
public struct ServiceLimits: Sendable {
  /// Bytes of one line without its LF.
  public var lineBytes = 8 * 1024 * 1024
  /// Calls in one batch.
  public var batchCalls = 1_000
  /// Bytes of the answers in batches that are not complete.
  public var batchBytes = 16 * 1024 * 1024
  /// Requests that have no answer yet.
  public var waitingRequests = 20_000
  /// Bytes of the requests that have no answer yet.
  public var waitingBytes = 64 * 1024 * 1024
  /// Output above which nothing new is sent to PostgreSQL.
  public var outputPause = 8 * 1024 * 1024
  /// Output above which the process gives up: its reader is gone.
  public var outputEnd = 128 * 1024 * 1024
  /// Sessions in one process.
  public var sessions = 20_000
  /// Seconds after its token's expiry in which a session can still be refreshed.
  public var sessionGrace = 3_600
  /// Seconds after which a session that nobody uses is forgotten.
  public var sessionIdle = 86_400
  /// Seconds after which a session is forgotten however much it is used.
  public var sessionAge = 30 * 86_400
  /// Subscriptions to events in one process.
  public var subscriptions = 1_000
  /// Subscriptions of one session.
  public var subscriptionsOfSession = 100
  /// Output above which events are not added to it.
  public var eventPause = 1024 * 1024
  /// Containers around a value in a request.
  public var depth = 64

  public init() {}
}
