import JSON
import Postgres
import Token

/// A call that has a job with the database, and what its end means.
struct Pending {
  enum Stage {
    case read(missing: Failure?)
    case readThen(missing: Failure?, @Sendable (String) throws(Failure) -> Plan)
    case write(WriteSequence)
    /// What a call under the same key answered; if there was none, what to do then.
    case recall(Plan?)
    /// A write was refused; what is read goes with the refusal.
    case explain(Failure)
    /// What an export asked for, by its number.
    case export(Int, ExportQueue.Step)
    case identity(Claims, Purpose)
    case webhook(ClerkRemoval?)
    /// Where a subscription begins.
    case subscribe(EventsCommand.Subscribing, session: String)
  }

  /// Why an identity is looked up.
  enum Purpose {
    case open(asDefault: Bool, notice: Int?)
    case refresh(handle: String)
    /// For calls that carry the token themselves.
    case token(digest: TokenDigest)
  }

  let recipient: Recipient
  let method: AnyMethod
  let caller: Caller?
  let stage: Stage
  var options = WriteOptions()
  /// What it counts for among the waiting bytes.
  let bytes: Int
}
