/// Every error that deskpipe answers with: the catalogue behind `code` and `data.kind`.
///
/// Codes below zero are JSON-RPC 2.0's (section 5.1) and LSP's `RequestCancelled`; deskpipe's own are positive,
/// outside of every reserved range, and never renumbered.
public enum FailureKind: String, CaseIterable, Sendable {
  case parseError = "parse_error"
  case invalidRequest = "invalid_request"
  case methodNotFound = "method_not_found"
  case invalidParams = "invalid_params"
  case internalError = "internal_error"
  case cancelled
  case unauthenticated
  case tokenRefused = "token_refused"
  case sessionExpired = "session_expired"
  case sessionUnknown = "session_unknown"
  case sessionLimit = "session_limit"
  case sessionAmbiguous = "session_ambiguous"
  case sessionMismatch = "session_mismatch"
  case organizationUnknown = "organization_unknown"
  case agentUnknown = "agent_unknown"
  case agentDeactivated = "agent_deactivated"
  case webhookRefused = "webhook_refused"
  case forbidden
  case notFound = "not_found"
  case conflict
  case alreadyExists = "already_exists"
  case deleted
  case inUse = "in_use"
  case invalid
  case rule
  case idempotencyMismatch = "idempotency_mismatch"
  case answerGone = "answer_gone"
  case blocked
  case cursorForeign = "cursor_foreign"
  case subscriptionLimit = "subscription_limit"
  case busy
  case unavailable
  case timeout
  case outcomeUnknown = "outcome_unknown"
  case templateError = "template_error"
  case queryError = "query_error"

  public var code: Int { entry.code }

  /// A sentence for people who read the catalogue.
  public var summary: String { entry.summary }

  /// Whether the same call may succeed when sent again, unchanged.
  public var isRetryable: Bool { [.busy, .unavailable, .timeout].contains(self) }

  private var entry: (code: Int, summary: String) {
    switch self {
    case .parseError: (-32700, "The line is not JSON.")
    case .invalidRequest: (-32600, "The JSON is not a request.")
    case .methodNotFound: (-32601, "There is no such method.")
    case .invalidParams: (-32602, "The parameters do not fit the method's schema; data.path points at the fault.")
    case .internalError: (-32603, "A fault of deskpipe itself; the operator's log says more.")
    case .cancelled: (-32800, "The call was cancelled by $/cancelRequest.")
    case .unauthenticated: (1001, "The call names no session and this process has no default one.")
    case .tokenRefused: (1002, "The token was refused; data.reason says why.")
    case .sessionExpired: (1003, "The session's token has expired; session.refresh takes a new one.")
    case .sessionUnknown: (1004, "There is no such session, or no longer.")
    case .sessionLimit: (1005, "This process holds as many sessions as it may.")
    case .sessionAmbiguous: (1006, "More than one session was opened here, so every call must name its own.")
    case .sessionMismatch: (1007, "The new token is for another subject or organization than the session.")
    case .organizationUnknown: (1010, "The token's organization is not known here.")
    case .agentUnknown: (1011, "The token's user is not an agent here.")
    case .agentDeactivated: (1012, "The agent has been deactivated.")
    case .webhookRefused: (1013, "The webhook's signature was refused; data.reason says why.")
    case .forbidden: (1101, "The caller's role does not allow this.")
    case .notFound: (1102, "There is no such thing in this organization.")
    case .conflict: (1103, "Others were faster; data.details tells what is there now.")
    case .alreadyExists: (1104, "Something with the same unique value exists.")
    case .inUse: (1105, "Something else still needs it.")
    case .invalid: (1106, "A value does not fit the organization's own definitions; data.path points at it.")
    case .rule: (1107, "The state of things does not allow this.")
    case .idempotencyMismatch: (1108, "The idempotency key was used for another call.")
    case .answerGone: (1109, "It was done, but what it answered is no longer there, or was too much.")
    case .deleted:
      (1110, "Something deleted has the same unique value; data.details.id names what can be restored.")
    case .blocked: (1111, "The customer is blocked: what they say is not taken.")
    case .cursorForeign: (1121, "The cursor belongs to another database, or to another version of deskpipe.")
    case .subscriptionLimit: (1122, "This session, or this process, has as many subscriptions as it may.")
    case .busy: (1201, "Too much is waiting; try again.")
    case .unavailable: (1202, "The database, or the source of the keys, cannot be reached; nothing was done.")
    case .timeout: (1203, "It took longer than it may; nothing was done.")
    case .outcomeUnknown: (1204, "The connection broke during a write; it may or may not have happened.")
    case .templateError: (1301, "The macro's template is not valid; data.details gives line and column.")
    case .queryError: (1302, "The search query is not valid; data.details gives position and length in characters.")
    }
  }
}
