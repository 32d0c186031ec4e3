/// How a segment ended.
public enum Outcome: ~Copyable {
  /// The transaction is committed, or was read-only; nil where the answering statement had no row.
  case answered(Answer?)
  /// The server refused it and rolled back.
  case failed(ServerError)
  /// It was taken back: before it reached the server, or cancelled and rolled back there.
  case withdrawn
  /// The connection ended under it: nobody knows whether it was committed.
  case lost(ServerError)
  /// It never reached a server, since none could be reached.
  case unavailable(ServerError)
  /// It was never begun, although a server is there: its deadline passed, or nothing moved for too long.
  case late
}

/// What the answering statement answered, at least one row, still in libpq's memory until it is copied out.
///
/// Most statements answer one value: that of the first column in the first row.
public struct Answer: ~Copyable {
  private let reply: Reply
  /// The first of its rows, since others may be somebody else's.
  private let first: Int
  public let rows: Int

  /// `key` finds the one row of a reply to several that is meant, whose second column it is.
  init?(owning reply: Reply?, of key: String? = nil) {
    guard let reply, reply.rows > 0, reply.columns > 0 else { return nil }
    if let key {
      guard let row = reply.row(of: key) else { return nil }
      (first, rows) = (row, 1)
    } else {
      (first, rows) = (0, reply.rows)
    }
    self.reply = reply
  }

  /// Lends the bytes of a value; empty for NULL.
  public borrowing func withBytes<R>(row: Int = 0, column: Int = 0, _ body: (Span<UInt8>) -> R) -> R {
    unsafe reply.withBytes(row: first + row, column: column) { raw in
      unsafe body(Span(_unsafeBytes: raw))
    }
  }

  /// Whether a value is not NULL.
  public func isThere(row: Int, column: Int) -> Bool { !reply.isNull(row: first + row, column: column) }

  /// The value as a string; nil for NULL.
  public var text: String? { text(row: 0, column: 0) }

  /// A value as a string; nil for NULL.
  public func text(row: Int, column: Int) -> String? { reply.text(row: first + row, column: column) }
}
