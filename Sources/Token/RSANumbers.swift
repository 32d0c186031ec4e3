import COpenSSL

/// The numbers of an RSA key, big-endian and without leading zeros.
enum RSANumbers {
  static func modulus(of key: OpaquePointer) -> [UInt8]? { unsafe number("n", of: key) }
  static func exponent(of key: OpaquePointer) -> [UInt8]? { unsafe number("e", of: key) }

  private static func number(_ name: String, of key: OpaquePointer) -> [UInt8]? {
    var number: OpaquePointer?
    guard unsafe EVP_PKEY_get_bn_param(key, name, &number) == 1, let number = unsafe number else { return nil }
    defer { unsafe BN_free(number) }
    var bytes = [UInt8](repeating: 0, count: (Int(unsafe BN_num_bits(number)) + 7) / 8)
    return unsafe BN_bn2bin(number, &bytes) == Int32(bytes.count) ? bytes : nil
  }

  /// A new public key, which the caller owns (EVP_PKEY_fromdata(3)).
  static func key(modulus: [UInt8], exponent: [UInt8]) -> OpaquePointer? {
    guard let n = unsafe BN_bin2bn(modulus, Int32(modulus.count), nil) else { return nil }
    defer { unsafe BN_free(n) }
    guard let e = unsafe BN_bin2bn(exponent, Int32(exponent.count), nil) else { return nil }
    defer { unsafe BN_free(e) }
    guard let builder = unsafe OSSL_PARAM_BLD_new() else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(builder) }
    guard unsafe OSSL_PARAM_BLD_push_BN(builder, name(of: "n"), n) == 1,
      unsafe OSSL_PARAM_BLD_push_BN(builder, name(of: "e"), e) == 1,
      let params = unsafe OSSL_PARAM_BLD_to_param(builder)
    else { return nil }
    defer { unsafe OSSL_PARAM_free(params) }
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard unsafe EVP_PKEY_fromdata_init(context) == 1,
      unsafe EVP_PKEY_fromdata(context, &key, desk_public_key_selection, params) == 1
    else { return nil }
    return unsafe key
  }

  /// A C string that stays: the builder keeps the pointer, and Swift's own conversion lives for one call only.
  private static func name(of literal: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// The SubjectPublicKeyInfo of a key.
  static func publicDER(of key: OpaquePointer) -> [UInt8] {
    let count = unsafe i2d_PUBKEY(key, nil)
    guard count > 0 else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
      var position = buffer.baseAddress
      initialized = max(0, Int(unsafe i2d_PUBKEY(key, &position)))
    }
  }
}
