import Synchronization

/// The last header that passed: all tokens of one instance of Clerk's have the same, so that most need not be read.
final class KnownHeader: Sendable {
  private let last = Mutex<(encoded: [UInt8], header: JWSHeader)?>(nil)

  /// What a header says, by its base64url.
  func header(_ encoded: Span<UInt8>) throws(Refusal) -> JWSHeader {
    let known = last.withLock { last in
      last.flatMap { Self.isEqual($0.encoded.span, encoded) ? $0.header : nil }
    }
    if let known { return known }
    let header = try JWSHeader(encoded)
    let bytes = unsafe encoded.withUnsafeBufferPointer { unsafe Array($0) }
    last.withLock { $0 = (bytes, header) }
    return header
  }

  private static func isEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for index in one.indices where one[index] != other[index] { return false }
    return true
  }
}
