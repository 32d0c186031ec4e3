import CJansson

/// Owns one parsed JSON text.
///
/// Neither copyable nor `Sendable`: the tree lives on the stack of the function that parsed it, and only
/// Swift values leave. Nothing but this type calls `json_decref`.
@safe public struct Document: ~Copyable {
  /// What happens to an object that names a member twice (RFC 8259 section 4 leaves it open).
  public enum Duplicates: Sendable {
    /// The last one counts, as in PostgreSQL's jsonb.
    case lastWins
    /// The text is refused, as JOSE asks for (RFC 7515 section 4).
    case refused
  }

  private let root: UnsafeMutablePointer<json_t>

  /// Parses one JSON text of any kind; `json_loadb` is the function behind it.
  ///
  /// Strings may hold U+0000 (`Value.text` tells). Integers must fit 64 bits and reals a double, nesting ends at
  /// 2,048; `Scanner` makes lines fit before they come here.
  public init(_ bytes: Span<UInt8>, duplicates: Duplicates = .lastWins) throws(SyntaxError) {
    var failure = json_error_t()
    var flags = JSON_DECODE_ANY | JSON_ALLOW_NUL
    if duplicates == .refused { flags |= JSON_REJECT_DUPLICATES }
    let parsed = unsafe bytes.withUnsafeBytes { buffer in
      unsafe json_loadb(buffer.baseAddress, buffer.count, Int(flags), &failure)
    }
    guard let parsed = unsafe parsed else { throw SyntaxError(position: Int(failure.position)) }
    unsafe root = parsed
  }

  deinit { unsafe desk_json_decref(root) }

  /// Lends the root value; it must not outlive the closure.
  public borrowing func withRoot<R, E: Error>(_ body: (borrowing Value) throws(E) -> R) throws(E) -> R {
    unsafe try body(Value(root))
  }
}

/// A text that is not JSON, with the offset in bytes at which that was noticed.
public struct SyntaxError: Error, Equatable, Sendable {
  public let position: Int
}
