import JSON

/// A position in the feed of events: whatever comes behind it is new to whoever holds it.
///
/// Its text is `1-EPOCH-XID-SEQ`, which SQL writes. The first part is the version of this form, the epoch names the
/// desk: in another one the same numbers mean other things. An event's id is the position of that event.
struct EventCursor: Hashable, Sendable {
  /// Nil is of no database in particular.
  let epoch: String?
  let transaction: UInt64
  let sequence: Int64

  /// Before everything.
  static let beginning = EventCursor(epoch: nil, transaction: 0, sequence: 0)

  private init(epoch: String?, transaction: UInt64, sequence: Int64) {
    self.epoch = epoch
    self.transaction = transaction
    self.sequence = sequence
  }

  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let version = UInt8(parts[0]), version > 0 else { throw Self.malformed }
    guard version == 1 else {
      throw Failure(.cursorForeign, "The cursor comes from another version of deskpipe.", path: "/cursor")
    }
    guard parts.count == 4, parts[1].utf8.count == 16, parts[1].allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
      let transaction = UInt64(parts[2]), let sequence = Int64(parts[3]), sequence >= 0
    else { throw Self.malformed }
    self.init(epoch: parts[1], transaction: transaction, sequence: sequence)
  }

  /// As SQL writes it; of a position that was given or read.
  var text: String { "1-\(epoch ?? "")-\(transaction)-\(sequence)" }

  /// The position before everything of a transaction.
  func moved(to transaction: UInt64) -> EventCursor {
    EventCursor(epoch: epoch, transaction: transaction, sequence: 0)
  }

  private static let malformed = Failure(
    .invalidParams, "cursor is not one of the feed; leave it out to start now", path: "/cursor")
}
