/// What the session methods ask of the service, which holds the sessions.
public enum SessionCommand: Sendable {
  case open(token: String, asDefault: Bool)
  case refresh(session: String?, token: String)
  case close(session: String?)
  case whoami
}
