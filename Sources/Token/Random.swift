import Glibc
import Synchronization

/// Random bytes that nobody can guess: the kernel's (getentropy(3)).
///
/// libcrypto's generator would have to be set up first, which takes it a millisecond of the first session's opening.
public enum Random {
  /// Drawn ahead, since a draw of ten bytes costs nearly what one of a hundred does.
  private static let ahead = Mutex<[UInt8]>([])
  /// As many as the kernel gives at once.
  private static let drawnAhead = 256

  public static func bytes(count: Int) -> [UInt8] {
    guard count <= drawnAhead / 4 else { return draw(count) }
    return ahead.withLock { ahead in
      if ahead.count < count { ahead = draw(drawnAhead) }
      defer { ahead.removeLast(count) }
      return Array(ahead.suffix(count))
    }
  }

  private static func draw(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      for start in stride(from: 0, to: count, by: drawnAhead) {
        let part = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[start..<min(start + drawnAhead, count)])
        // Going on with guessable bytes would be worse than ending.
        guard unsafe getentropy(part.baseAddress, part.count) == 0 else {
          preconditionFailure("the kernel has no random bytes")
        }
      }
      initialized = count
    }
  }

  /// A new handle: 128 random bits in base64url, 22 characters.
  public static func handle() -> String { Base64.encodeURL(bytes(count: 16)) }
}
