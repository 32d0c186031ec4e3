import COpenSSL

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1).
enum HMACSHA256 {
  /// The 32 bytes that authenticate a message.
  static func code(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, initialized in
      // HMAC(3) takes a null key for the one before, and an empty array may be null.
      let key = key.isEmpty ? [0] : key
      let digest = OpenSSL.sha256
      let made = unsafe HMAC(
        digest.pointer, key, Int32(key.count), message, message.count, buffer.baseAddress, nil)
      guard unsafe made != nil else { preconditionFailure("HMAC failed") }
      initialized = 32
    }
  }
}

/// Compares secrets without telling by its time where they differ.
enum ConstantTime {
  static func equal(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard first.count == second.count else { return false }
    return unsafe CRYPTO_memcmp(first, second, first.count) == 0
  }
}
