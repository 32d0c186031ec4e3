import COpenSSL

/// An RSA private key that signs tokens: for development and tests, since in production only Clerk has one.
///
/// Sendable since the key is only read after `init`.
@safe public final class Signer: @unchecked Sendable {
  private let key: OpaquePointer

  /// Generates a key of 2,048 bits.
  public static func generate() throws(KeyError) -> Signer { try Signer(bits: 2_048, exponent: 65_537) }

  /// Generates a key that the policy for keys may refuse.
  init(bits: Int, exponent: UInt) throws(KeyError) {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { throw .libcryptoFailed }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    guard let number = unsafe BN_new() else { throw .libcryptoFailed }
    defer {
      unsafe BN_free(number)
      OpenSSL.clearErrors()
    }
    var key: OpaquePointer?
    guard unsafe BN_set_word(number, exponent) == 1, unsafe EVP_PKEY_keygen_init(context) == 1,
      unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
      unsafe EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context, number) == 1,
      unsafe EVP_PKEY_generate(context, &key) == 1, let key = unsafe key
    else { throw .libcryptoFailed }
    unsafe self.key = key
  }

  /// Reads a private key in PKCS #8 as PEM, in the shapes of `PublicKey.init(pem:)`.
  public init(pem: String) throws(KeyError) {
    var der: [UInt8]
    do throws(KeyError) { der = try PEM.decode(pem, label: "PRIVATE KEY") } catch { throw .notAPrivateKey }
    defer {
      unsafe OPENSSL_cleanse(&der, der.count)
      OpenSSL.clearErrors()
    }
    let key = unsafe der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return unsafe d2i_AutoPrivateKey(nil, &position, buffer.count)
    }
    guard let key = unsafe key else { throw .notAPrivateKey }
    unsafe self.key = key
    guard unsafe EVP_PKEY_is_a(key, "RSA") == 1 else { throw .notRSA }
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// The private key as PEM (PKCS #8, not encrypted); for a file that only its owner can read.
  public var pem: String {
    guard let info = unsafe EVP_PKEY2PKCS8(key) else { preconditionFailure("an RSA key has a PKCS #8 form") }
    defer { unsafe PKCS8_PRIV_KEY_INFO_free(info) }
    let count = unsafe i2d_PKCS8_PRIV_KEY_INFO(info, nil)
    guard count > 0 else { preconditionFailure("out of memory") }
    var der = [UInt8](repeating: 0, count: Int(count))
    unsafe der.withUnsafeMutableBufferPointer { buffer in
      var position = buffer.baseAddress
      _ = unsafe i2d_PKCS8_PRIV_KEY_INFO(info, &position)
    }
    defer { unsafe OPENSSL_cleanse(&der, der.count) }
    return PEM.encode(der, label: "PRIVATE KEY")
  }

  /// The public half as PEM, whatever its strength.
  public var publicPEM: String { PEM.encode(unsafe RSANumbers.publicDER(of: key), label: "PUBLIC KEY") }

  /// The public half as a JSON Web Key for RS256 signatures.
  public func jwk(id: String) -> String {
    let modulus = Base64.encodeURL(unsafe RSANumbers.modulus(of: key) ?? [])
    let exponent = Base64.encodeURL(unsafe RSANumbers.exponent(of: key) ?? [])
    return KeySet.jwk(id: id, modulus: modulus, exponent: exponent)
  }

  /// A token of these two texts, signed with RS256 whatever the header says; nothing in them is checked.
  public func token(header: String, claims: String) throws(KeyError) -> String {
    let message = Base64.encodeURL(Array(header.utf8)) + "." + Base64.encodeURL(Array(claims.utf8))
    return try message + "." + Base64.encodeURL(sign(Array(message.utf8)))
  }

  /// The RSASSA-PKCS1-v1_5 signature with SHA-256 (RFC 7518 section 3.3).
  func sign(_ message: [UInt8]) throws(KeyError) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .libcryptoFailed }
    defer {
      unsafe EVP_MD_CTX_free(context)
      OpenSSL.clearErrors()
    }
    var count = Int(unsafe EVP_PKEY_get_size(key))
    var signature = [UInt8](repeating: 0, count: count)
    guard unsafe EVP_DigestSignInit(context, nil, OpenSSL.sha256.pointer, nil, key) == 1,
      unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1
    else { throw .libcryptoFailed }
    return Array(signature[..<count])
  }
}
