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

  init?(owning reply: Reply?) {
    guard let reply, reply.rows > 0, reply.columns > 0 else { return nil }
    self.reply = reply
  }

  public var rows: Int { reply.rows }

  /// Lends the bytes of a value; empty for NULL.
  public borrowing func withBytes<R>(row: Int = 0, column: Int = 0, _ body: (Span<UInt8>) -> R) -> R {
    unsafe reply.withBytes(row: row, column: column) { raw in
      unsafe body(Span(_unsafeBytes: raw))
    }
  }

  /// Whether a value is not NULL.
  public func isThere(row: Int, column: Int) -> Bool { !reply.isNull(row: row, column: column) }

  /// The value as a string; nil for NULL.
  public var text: String? { reply.text(row: 0, column: 0) }

  /// A value as a string; nil for NULL.
  public func text(row: Int, column: Int) -> String? { reply.text(row: row, column: column) }
}
