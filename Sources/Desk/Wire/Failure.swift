public import JSON

/// An error answer: what a caller may know, and nothing else.
public struct Failure: Error, Equatable, Sendable {
  public let kind: FailureKind
  /// A sentence for a person.
  public let message: String
  /// A JSON pointer into the parameters.
  public var path: String?
  /// Why a token or a webhook was refused, in Clerk's words where Clerk has some.
  public var reason: String?
  /// Further facts, as one JSON object.
  public var details: String?
  /// Which call of a batch failed.
  var call: Int?

  public init(
    _ kind: FailureKind, _ message: String? = nil, path: String? = nil, reason: String? = nil, details: String? = nil
  ) {
    self.kind = kind
    self.message = message ?? kind.summary
    self.path = path
    self.reason = reason
    self.details = details
  }

  public init(_ fault: Fault) {
    let name = fault.pointer.isEmpty ? "params" : String(fault.pointer.dropFirst())
    self.init(.invalidParams, "\(name) \(fault.message)", path: fault.pointer)
  }

  public static func notFound(_ what: String, at path: String) -> Failure {
    Failure(.notFound, "There is no such \(what).", path: path)
  }

  /// The `error` member of a response (JSON-RPC 2.0, section 5.1).
  var json: String {
    var data = "{\"kind\":\(Line.quoted(kind.rawValue))"
    if let call { data += ",\"call\":\(call)" }
    if let path { data += ",\"path\":\(Line.quoted(path))" }
    if let reason { data += ",\"reason\":\(Line.quoted(reason))" }
    if kind.isRetryable { data += ",\"retryable\":true" }
    if let details { data += ",\"details\":\(details)" }
    return "{\"code\":\(kind.code),\"message\":\(Line.quoted(message)),\"data\":\(data)}}"
  }

  /// The shape of an `error` member's `data`.
  static let dataShape = Shape.object([
    .init("kind", .choice(FailureKind.allCases.map(\.rawValue)), summary: "What went wrong; stable."),
    .init("call", .integer(0...99), isRequired: false, summary: "Which call of a batch.run failed, counted from 0."),
    .init("path", .text, isRequired: false, summary: "A JSON pointer into params."),
    .init("reason", .text, isRequired: false, summary: "Why a token or a webhook was refused."),
    .init("retryable", .bool, isRequired: false, summary: "The same call may succeed when sent again."),
    .init("details", .any, isRequired: false, summary: "Further facts."),
  ])
}
