/// What a token's header says, after all checks that need no key.
struct JWSHeader {
  let profile: TokenProfile
  /// `kid`.
  let keyID: String?

  /// - Parameter encoded: the token's first part.
  init(_ encoded: Span<UInt8>) throws(Refusal) {
    guard var text = Base64.decodeURL(encoded) else {
      throw Refusal(.invalid, "A part of the token is not base64url.")
    }
    guard let header = TokenObject(&text) else {
      throw Refusal(.invalid, "The token's header is not a JSON object.")
    }
    let profile = try Self.profile(header)
    self.profile = profile
    keyID = try Self.keyID(header)
    guard !header.has("cat") || header.string("cat").map(profile.accepts) == true else {
      throw Refusal(.typeMismatch, "The token's category is not that of \(profile.noun)s.")
    }
  }

  /// Checks `alg` and `typ`.
  private static func profile(_ header: TokenObject) throws(Refusal) -> TokenProfile {
    guard header.string("alg") == "RS256" else {
      throw Refusal(.invalidAlgorithm, "The token's algorithm is not RS256.")
    }
    guard header.has("typ") else { return .session }
    switch header.string("typ") {
    case "JWT": return .session
    case "at+jwt", "application/at+jwt": return .oauth
    default: throw Refusal(.invalid, "The token's typ is not JWT.")
    }
  }

  /// Checks the header's other parameters and returns its `kid`.
  private static func keyID(_ header: TokenObject) throws(Refusal) -> String? {
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
    return id
  }
}
