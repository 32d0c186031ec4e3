import Glibc

/// A token in its three parts (RFC 7515 section 7.1), after all checks that need no key.
struct JWS {
  /// `kid` of the header.
  let keyID: String?
  var payload: [UInt8]
  let signature: [UInt8]
  /// The bytes from the token's start that are signed.
  let signedCount: Int

  /// The most bytes of a token; Clerk's fit in a cookie of 4 KiB.
  static let maximumCount = 16_384

  init(_ token: [UInt8]) throws(Refusal) {
    guard token.count <= Self.maximumCount else {
      throw Refusal(.tooLarge, "The token is longer than \(Self.maximumCount) bytes.")
    }
    guard let first = Self.dot(in: token, from: 0), let second = Self.dot(in: token, from: first + 1),
      Self.dot(in: token, from: second + 1) == nil
    else { throw Refusal(.invalid, "The token does not have three parts.") }
    let text = token.span
    guard var headerText = Base64.decodeURL(text.extracting(..<first)),
      let payload = Base64.decodeURL(text.extracting((first + 1)..<second)),
      let signature = Base64.decodeURL(text.extracting((second + 1)...))
    else { throw Refusal(.invalid, "A part of the token is not base64url.") }
    guard let header = TokenObject(&headerText) else {
      throw Refusal(.invalid, "The token's header is not a JSON object.")
    }
    keyID = try Self.keyID(header)
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

  /// Checks the header and returns its `kid`.
  private static func keyID(_ header: TokenObject) throws(Refusal) -> String? {
    guard header.string("alg") == "RS256" else {
      throw Refusal(.invalidAlgorithm, "The token's algorithm is not RS256.")
    }
    if header.has("typ") { try checkType(header.string("typ")) }
    let id = header.string("kid")
    guard !header.has("kid") || id.map(KeySet.isPlain) == true else {
      throw Refusal(.invalid, "The token's kid is not a plain string of at most 128 characters.")
    }
    for name: TokenObject.Name in ["crit", "b64"] where header.has(name) {
      throw Refusal(.criticalHeader, "The token's header has the member \(name), which is not understood.")
    }
    for name: TokenObject.Name in ["jku", "x5u", "x5c", "jwk"] where header.has(name) {
      throw Refusal(.keyInHeader, "The token's header brings a key of its own (\(name)).")
    }
    guard !header.has("cat") || header.string("cat").map(sessionCategories.contains) == true else {
      throw Refusal(.typeMismatch, "The token is not a session token: its category is another.")
    }
    return id
  }

  private static func checkType(_ type: String?) throws(Refusal) {
    if let type, ["at+jwt", "application/at+jwt"].contains(type) {
      throw Refusal(.typeMismatch, "The token is an OAuth access token, not a session token.")
    }
    guard type == "JWT" else { throw Refusal(.invalid, "The token's typ is not JWT.") }
  }

  /// Clerk's categories of session tokens and of tokens to be taken for such; those of templates (..222AAA) and
  /// machines (..333AAA) are signed with the same key.
  private static let sessionCategories: Set = ["cl_B7d4PD111AAA", "cl_I7d4PD111III"]
}
