/// What the session methods ask of the service, which holds the sessions.
public enum SessionCommand: Sendable {
  /// `notice`: seconds ahead of the expiry at which the client wants to be told.
  case open(token: String, asDefault: Bool, notice: Int?)
  case refresh(session: String?, token: String)
  case close(session: String?)
  case whoami
}
