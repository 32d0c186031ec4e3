/// An error of the server, or of the connection to it, in the fields that deskpipe acts on.
///
/// `state` is the SQLSTATE (PostgreSQL, appendix A); it is empty where libpq made the error itself, as when the
/// connection broke. `message` is for the operator, never for a caller, unless the state is one of deskpipe's own.
public struct ServerError: Error, Equatable, Sendable {
  public var state: String
  public var message: String
  public var detail: String?
  public var constraint: String?
  public var column: String?
  /// Where in the statement's text the error lies, in characters from 1.
  public var position: Int?
  /// Which statement of a segment failed, counted from 0; nil where it was none of them.
  public var statement: Int?

  public init(
    state: String, message: String, detail: String? = nil, constraint: String? = nil, column: String? = nil,
    position: Int? = nil
  ) {
    self.state = state
    self.message = message
    self.detail = detail
    self.constraint = constraint
    self.column = column
    self.position = position
  }

  init(copying reply: borrowing Reply) {
    self.init(
      state: reply.errorField("C") ?? "", message: reply.errorField("M") ?? "the connection failed",
      detail: reply.errorField("D"), constraint: reply.errorField("n"), column: reply.errorField("c"),
      position: reply.errorField("P").flatMap { Int($0) })
  }
}
