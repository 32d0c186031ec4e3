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

  /// Parses one JSON text without a part that the caller has read already; Jansson spends some 200 instructions on
  /// every byte of a string.
  ///
  /// - Parameter part: what is inside a string of the text.
  public init(_ bytes: Span<UInt8>, omitting part: Range<Int>) throws(SyntaxError) {
    var failure = json_error_t()
    let parsed = unsafe bytes.withUnsafeBytes { buffer in
      var parts = unsafe Parts(
        first: UnsafeRawBufferPointer(rebasing: buffer[..<part.lowerBound]),
        second: UnsafeRawBufferPointer(rebasing: buffer[part.upperBound...]))
      return unsafe json_load_callback(
        { unsafe Parts.next(into: $0, $1, from: $2) }, &parts, Int(JSON_DECODE_ANY | JSON_ALLOW_NUL), &failure)
    }
    guard let parsed = unsafe parsed else { throw SyntaxError(position: Int(failure.position)) }
    unsafe root = parsed
  }

  /// Two pieces of a text, handed out one after the other.
  @safe private struct Parts {
    var first: UnsafeRawBufferPointer
    var second: UnsafeRawBufferPointer

    /// `json_load_callback_t`: copies the next bytes, no more than there is room for; none at the end.
    static func next(into buffer: UnsafeMutableRawPointer?, _ room: Int, from parts: UnsafeMutableRawPointer?) -> Int {
      guard let buffer = unsafe buffer, let parts = unsafe parts?.assumingMemoryBound(to: Parts.self) else { return 0 }
      if unsafe parts.pointee.first.isEmpty { unsafe swap(&parts.pointee.first, &parts.pointee.second) }
      let count = unsafe min(room, parts.pointee.first.count)
      guard count > 0, let start = unsafe parts.pointee.first.baseAddress else { return 0 }
      unsafe buffer.copyMemory(from: start, byteCount: count)
      unsafe parts.pointee.first = UnsafeRawBufferPointer(rebasing: parts.pointee.first[count...])
      return count
    }
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
