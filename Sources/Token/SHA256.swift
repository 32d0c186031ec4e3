import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
  /// The 32 bytes of the digest.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, initialized in
      let digest = OpenSSL.sha256
      guard unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, digest.pointer, nil) == 1 else {
        preconditionFailure("SHA-256 failed")
      }
      initialized = 32
    }
  }
}
