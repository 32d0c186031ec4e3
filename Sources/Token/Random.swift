import COpenSSL
import Synchronization

/// Random bytes that nobody can guess (RAND_bytes(3)).
public enum Random {
  /// Drawn ahead, since a draw of ten bytes costs nearly what one of a thousand does.
  private static let ahead = Mutex<[UInt8]>([])
  private static let drawnAhead = 1024

  public static func bytes(count: Int) -> [UInt8] {
    guard count <= drawnAhead / 16 else { return draw(count) }
    return ahead.withLock { ahead in
      if ahead.count < count { ahead = draw(drawnAhead) }
      defer { ahead.removeLast(count) }
      return Array(ahead.suffix(count))
    }
  }

  private static func draw(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Going on with guessable bytes would be worse than ending.
      guard unsafe count == 0 || RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
        preconditionFailure("libcrypto has no random bytes")
      }
      initialized = count
    }
  }

  /// A new handle: 128 random bits in base64url, 22 characters.
  public static func handle() -> String { Base64.encodeURL(bytes(count: 16)) }
}
