/// The SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) of an RSA key with 2048 bits and the exponent 65537.
///
/// Nearly every key is such a one, and DER leaves no choice about what stands around its modulus. libcrypto's decoder looks
/// for whatever it could be instead, which takes a twelfth of the instructions of a start.
enum UsualKeyInfo {
  /// A sequence with the algorithm (rsaEncryption, NULL) and a bit string, in that one the sequence with the modulus, a
  /// positive number (RFC 8017, appendix A.1.1).
  private static let before: [UInt8] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00,
  ]
  private static let after: [UInt8] = [0x02, 0x03, 0x01, 0x00, 0x01]
  static let exponent: [UInt8] = [0x01, 0x00, 0x01]

  /// The modulus, big-endian; nil where it is not such a key.
  static func modulus(in der: [UInt8]) -> [UInt8]? {
    guard der.count == before.count + 256 + after.count, der.starts(with: before),
      der.suffix(after.count) == after[...],
      der[before.count] >= 0x80
    else { return nil }
    return Array(der[before.count..<before.count + 256])
  }
}
