import Postgres
import Testing

@testable import Desk

/// What a caller hears of the server's own errors: meanings, never its names.
@Suite struct ServerFailureTests {
  @Test(
    arguments: [
      ("23514", "tickets_metadata_size", "invalid", "The metadata is too large.", "/metadata"),
      ("23514", "tickets_subject_length", "invalid", "A value is outside its limits.", nil),
      ("23514", nil, "invalid", "A value is outside its limits.", nil),
      ("23502", "tickets_subject_length", "invalid", "A value is outside its limits.", nil),
      ("22P02", nil, "invalid_params", "A value is outside its limits.", nil),
      ("23505", "customers_email_key", "already_exists", "A customer with this address exists.", "/email"),
      ("23505", "clerk_events_pkey", "already_exists", FailureKind.alreadyExists.summary, nil),
    ] as [(String, String?, String, String, String?)])
  func saysWhatAConstraintMeans(
    _ state: String, _ constraint: String?, _ kind: String, _ message: String, _ path: String?
  ) {
    let error = ServerError(state: state, message: "private", constraint: constraint, column: "private")
    let failure = Failure(error, isRead: false)
    #expect(failure.kind.rawValue == kind)
    #expect(failure.message == message)
    #expect(failure.path == path)
    #expect(failure.details == nil)
  }
}
