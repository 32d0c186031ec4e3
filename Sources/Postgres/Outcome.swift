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

/// The first column of the answering statement's first row, still in libpq's memory until it is copied out.
public struct Answer: ~Copyable {
  private let reply: Reply

  init?(owning reply: Reply?) {
    guard let reply, reply.rows > 0, reply.columns > 0 else { return nil }
    self.reply = reply
  }

  /// Lends the bytes of the value; empty for NULL.
  public borrowing func withBytes<R>(_ body: (Span<UInt8>) -> R) -> R {
    unsafe reply.withBytes(row: 0, column: 0) { raw in
      unsafe body(Span(_unsafeBytes: raw))
    }
  }

  /// The value as a string; nil for NULL.
  public var text: String? { reply.text(row: 0, column: 0) }
}
