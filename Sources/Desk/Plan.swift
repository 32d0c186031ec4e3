import JSON
public import Postgres
public import Token

/// What a method decided to do.
public indirect enum Plan: Sendable {
  /// Answer without the database; one JSON value.
  case answer(String)
  /// Answer with what the process knows of itself.
  case describe(@Sendable (Description) -> String)
  /// Answer with the OpenRPC document.
  case discover
  /// Read one value; `missing` is the failure where there is no row, `cost` what it takes where that is more than
  /// the method usually does.
  case read(Statement, missing: Failure? = nil, cost: Cost? = nil)
  /// Read, then decide with what was read.
  case readThen(Statement, missing: Failure? = nil, @Sendable (String) throws(Failure) -> Plan)
  case write(Write)
  /// The calls of a batch, as one transaction or each by itself.
  case several([Result<BatchCall, Failure>], isAtomic: Bool)
  /// Do for real, answer what would be, and roll back.
  case rehearsal(Write)
  /// Decide with what secrets are sealed with, nil where no key is configured.
  case sealing(@Sendable (Sealer?) throws(Failure) -> Plan)
  /// Read page after page, sending each as a notification, and answer what that came to.
  case export(Export)
  case session(SessionCommand)
  case events(EventsCommand)
  /// Verify what Clerk is said to have sent, then follow it; the only way to change something without a session.
  case webhook(ClerkDelivery)
}
