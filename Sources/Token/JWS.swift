import Glibc

/// A token in its three parts (RFC 7515 section 7.1), after all checks that need no key.
struct JWS {
  let header: JWSHeader
  var payload: [UInt8]
  let signature: [UInt8]
  /// The bytes from the token's start that are signed.
  let signedCount: Int

  /// The most bytes of a token; Clerk's fit in a cookie of 4 KiB.
  static let maximumCount = 16_384

  /// - Parameter known: remembers headers.
  init(_ token: [UInt8], _ known: KnownHeader) throws(Refusal) {
    guard token.count <= Self.maximumCount else {
      throw Refusal(.tooLarge, "The token is longer than \(Self.maximumCount) bytes.")
    }
    guard let first = Self.dot(in: token, from: 0), let second = Self.dot(in: token, from: first + 1),
      Self.dot(in: token, from: second + 1) == nil
    else { throw Refusal(.invalid, "The token does not have three parts.") }
    let text = token.span
    guard let payload = Base64.decodeURL(text.extracting((first + 1)..<second)),
      let signature = Base64.decodeURL(text.extracting((second + 1)...))
    else { throw Refusal(.invalid, "A part of the token is not base64url.") }
    header = try known.header(text.extracting(..<first))
    self.payload = payload
    self.signature = signature
    signedCount = second
  }

  private static func dot(in token: [UInt8], from start: Int) -> Int? {
    unsafe token.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(UInt8(ascii: ".")), bytes.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
