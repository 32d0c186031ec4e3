import COpenSSL

/// 32 bytes for AES-256-GCM, outside of Swift's arrays, since those may be copied and are not wiped.
///
/// Sendable since the bytes are only read between `init` and `deinit`.
@safe final class SealingKey: @unchecked Sendable {
  static let count = 32

  let id: String
  let bytes: UnsafeMutablePointer<UInt8>

  /// Reads `id:base64`.
  init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    id = String(text[..<colon])
    unsafe bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.count)
    unsafe bytes.initialize(repeating: 0, count: Self.count)
    guard ClaimsReader.isID(id, prefix: ""), id.utf8.count <= 32,
      var decoded = Base64.decode(Array(text.utf8[text.utf8.index(after: colon)...]))
    else { return nil }
    defer { unsafe OPENSSL_cleanse(&decoded, decoded.count) }
    guard decoded.count == Self.count else { return nil }
    unsafe bytes.update(from: decoded, count: Self.count)
  }

  /// The HMAC of bytes under this key; the label keeps it apart from all else that the key is for.
  func authenticate(_ message: [UInt8]) -> [UInt8] {
    var key = unsafe Array(UnsafeBufferPointer(start: bytes, count: Self.count))
    defer { unsafe OPENSSL_cleanse(&key, key.count) }
    return HMACSHA256.code(Array("deskpipe params ".utf8) + message, key: key)
  }

  deinit {
    unsafe OPENSSL_cleanse(bytes, Self.count)
    unsafe bytes.deallocate()
  }
}
