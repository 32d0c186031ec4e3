import COpenSSL
import Synchronization

/// An RSA public key that may verify RS256 signatures.
///
/// Sendable since the key is only read after `init`, and one thread at a time has the prepared context.
@safe public final class PublicKey: @unchecked Sendable {
  /// Bytes of the modulus, and of every signature.
  public let size: Int
  private let key: OpaquePointer
  private let prepared: Mutex<PreparedVerification>

  /// Reads a PEM public key (SubjectPublicKeyInfo); `PEM` says in which shapes.
  public convenience init(pem: String) throws(KeyError) {
    let der = try PEM.decode(pem, label: "PUBLIC KEY")
    if let modulus = UsualKeyInfo.modulus(in: der) {
      try self.init(modulus: modulus, exponent: UsualKeyInfo.exponent)
    } else {
      try self.init(der: der)
    }
  }

  /// Reads a SubjectPublicKeyInfo in DER that fills the bytes.
  convenience init(der: [UInt8]) throws(KeyError) {
    defer { OpenSSL.clearErrors() }
    let (key, rest) = unsafe der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      let key = unsafe d2i_PUBKEY(nil, &position, buffer.count)
      return unsafe (key, buffer.count - ((position ?? buffer.baseAddress!) - buffer.baseAddress!))
    }
    guard let key = unsafe key else { throw .notAPublicKey }
    guard rest == 0 else {
      unsafe EVP_PKEY_free(key)
      throw .notAPublicKey
    }
    unsafe try self.init(owning: key)
  }

  /// Builds a key from its big-endian numbers, as a JSON Web Key gives them (RFC 7518 section 6.3.1).
  convenience init(modulus: [UInt8], exponent: [UInt8]) throws(KeyError) {
    // Bounded before libcrypto computes with it.
    guard (1...1_024).contains(modulus.count), (1...1_024).contains(exponent.count) else {
      throw .modulusBits(modulus.count * 8)
    }
    defer { OpenSSL.clearErrors() }
    guard let key = unsafe RSANumbers.key(modulus: modulus, exponent: exponent) else { throw .notRSA }
    unsafe try self.init(owning: key)
  }

  /// Takes over a key, also when it throws.
  private init(owning key: OpaquePointer) throws(KeyError) {
    unsafe self.key = key
    prepared = Mutex(unsafe PreparedVerification(for: key))
    size = Int(unsafe EVP_PKEY_get_size(key))
    // All is stored by now, so a throw runs deinit.
    try unsafe Self.check(key)
    guard prepared.withLock({ $0.isReady }) else { throw .notRSA }
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// The policy for RSA keys; libcrypto verifies with 512 bits or an exponent of 1 without a complaint.
  private static func check(_ key: OpaquePointer) throws(KeyError) {
    guard unsafe EVP_PKEY_is_a(key, "RSA") == 1, let modulus = unsafe RSANumbers.modulus(of: key),
      let exponent = unsafe RSANumbers.exponent(of: key)
    else { throw .notRSA }
    let bits = bitCount(modulus)
    guard (2_048...8_192).contains(bits) else { throw .modulusBits(bits) }
    guard let last = modulus.last, last & 1 == 1 else { throw .evenModulus }
    guard let low = exponent.last, low & 1 == 1, bitCount(exponent) >= 17 else { throw .weakExponent }
  }

  private static func bitCount(_ number: [UInt8]) -> Int {
    let digits = number.drop { $0 == 0 }
    guard let first = digits.first else { return 0 }
    return digits.count * 8 - first.leadingZeroBitCount
  }

  /// Whether this is the key's RSASSA-PKCS1-v1_5 signature with SHA-256 (RFC 7518 section 3.3).
  func verifies(_ signature: [UInt8], of message: Span<UInt8>) -> Bool {
    guard signature.count == size else { return false }
    return prepared.withLock { $0.accepts(signature, of: message) }
  }

  /// The public numbers as a JSON Web Key for RS256 signatures.
  public func jwk(id: String) -> String {
    let modulus = Base64.encodeURL(unsafe RSANumbers.modulus(of: key) ?? [])
    let exponent = Base64.encodeURL(unsafe RSANumbers.exponent(of: key) ?? [])
    return KeySet.jwk(id: id, modulus: modulus, exponent: exponent)
  }

  /// The key as PEM (SubjectPublicKeyInfo).
  public var pem: String { PEM.encode(unsafe RSANumbers.publicDER(of: key), label: "PUBLIC KEY") }
}
