import JSON

/// Checks a signed payload, one claim after the other.
struct ClaimsReader {
  let policy: Policy
  let profile: TokenProfile
  /// The only issuer of the key that verified the signature; nil when it is for all of the policy's.
  let keyIssuer: String?
  let now: Int

  func read(_ payload: TokenObject) throws(Refusal) -> Claims {
    guard let issuer = payload.string("iss"), Self.isListed(issuer, in: policy.issuers),
      keyIssuer.map({ Self.isListed(issuer, in: [$0]) }) ?? true
    else { throw Refusal(.invalidIssuer, "The token's issuer is not one of the configured ones.") }
    let subject = try subject(payload)
    let session = try profile == .session ? session(payload) : nil
    let client = try profile == .oauth ? client(payload) : nil
    let party = try profile == .session ? authorizedParty(payload) : nil
    if !policy.audiences.isEmpty { try checkAudience(payload) }
    let times = try times(payload)
    // Access tokens have no versions.
    let version = try profile == .session ? version(payload) : 1
    let actor = try actor(payload)
    let organization = try organization(payload, version: version)
    return Claims(
      subject: subject, sessionID: session, clientID: client, issuer: issuer, organizationID: organization.id,
      organizationRole: organization.role, organizationSlug: organization.slug,
      isAdmin: organization.role.map { Self.isListed($0, in: policy.adminRoles) } ?? false, expires: times.expires,
      issuedAt: times.issuedAt, notBefore: times.notBefore, authorizedParty: party, actor: actor, version: version)
  }

  private func subject(_ payload: TokenObject) throws(Refusal) -> String {
    guard let subject = payload.string("sub") else {
      throw Refusal(.verificationFailed, "The token has no subject.")
    }
    guard Self.isID(subject, prefix: "user_") else {
      throw Refusal(.typeMismatch, "The token is not a user's: its subject is of another kind.")
    }
    return subject
  }

  private func session(_ payload: TokenObject) throws(Refusal) -> String {
    guard let session = payload.string("sid"), Self.isID(session, prefix: "sess_") else {
      throw Refusal(.typeMismatch, "The token is not a session token: it names no session.")
    }
    if payload.has("sts") { try checkStatus(payload.string("sts")) }
    return session
  }

  /// The client of an access token, which takes the place of `azp`.
  private func client(_ payload: TokenObject) throws(Refusal) -> String {
    guard let id = payload.string("jti"), Self.isID(id, prefix: "oat_") else {
      throw Refusal(.typeMismatch, "The token is not an access token: its jti is of another kind.")
    }
    guard let client = payload.string("client_id"), Self.isListed(client, in: policy.oauthClients) else {
      throw Refusal(.invalidClient, "The token's client is not one of the configured ones.")
    }
    return client
  }

  private func checkStatus(_ status: String?) throws(Refusal) {
    guard let status else { throw Refusal(.verificationFailed, "The token's sts is not a string.") }
    guard status != "pending" else {
      throw Refusal(.sessionPending, "The session is pending: the user has tasks to finish before signing in.")
    }
  }

  private func authorizedParty(_ payload: TokenObject) throws(Refusal) -> String? {
    guard payload.has("azp") else {
      guard policy.authorizedParties.isEmpty || policy.absentParty == .ifPresent else {
        throw Refusal(.invalidAuthorizedParties, "The token names no authorized party, and one is required.")
      }
      return nil
    }
    guard let party = payload.string("azp"), Self.isText(party) else {
      throw Refusal(.invalidAuthorizedParties, "The token's azp is not a plain string.")
    }
    guard policy.authorizedParties.isEmpty || Self.isListed(party, in: policy.authorizedParties) else {
      throw Refusal(.invalidAuthorizedParties, "The token's authorized party is not one of the configured ones.")
    }
    return party
  }

  private func checkAudience(_ payload: TokenObject) throws(Refusal) {
    let audiences = payload.strings("aud") ?? [payload.string("aud")]
    // One that is no string makes the list something else than RFC 7519 section 4.1.3 describes.
    guard !audiences.contains(nil),
      audiences.contains(where: { Self.isListed($0 ?? "", in: policy.audiences) })
    else {
      throw Refusal(.verificationFailed, "The token is not meant for this audience.")
    }
  }

  /// `act` tells of impersonation; it is kept for the audit, so one that cannot be read refuses.
  private func actor(_ payload: TokenObject) throws(Refusal) -> String? {
    guard payload.has("act") else { return nil }
    guard let act = payload.object("act"), let subject = act.string("sub"), Self.isText(subject),
      !act.has("iss") || act.string("iss").map(Self.isText) == true
    else { throw Refusal(.verificationFailed, "The token's act is not an object with a subject.") }
    let issuer = act.string("iss").map { [("iss", Line.quoted($0))] } ?? []
    return Claims.object([("sub", Line.quoted(subject))] + issuer)
  }

  /// Whether a text is one of a list, byte by byte: Swift's own comparison of strings takes different texts for equal
  /// where Unicode does, such as K and the sign for Kelvin.
  static func isListed(_ text: String, in list: [String]) -> Bool {
    let bytes = text.utf8.span
    for listed in list where listed.utf8.count == bytes.count {
      let other = listed.utf8.span
      var index = 0
      while index < bytes.count, bytes[index] == other[index] { index += 1 }
      if index == bytes.count { return true }
    }
    return false
  }

  /// An id of Clerk's: the prefix, then letters, digits, `_` or `-`, at most 128 bytes in all.
  static func isID(_ id: String, prefix: StaticString) -> Bool {
    let bytes = id.utf8.span
    let start = prefix.utf8CodeUnitCount
    guard bytes.count > start, bytes.count <= 128 else { return false }
    for index in 0..<start where unsafe bytes[index] != prefix.utf8Start[index] { return false }
    for index in start..<bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        continue
      default: return false
      }
    }
    return true
  }

  /// Text that may be passed on: 1 to 512 bytes without controls, such as U+0000, which jsonb refuses.
  static func isText(_ text: String) -> Bool {
    let bytes = text.utf8.span
    guard (1...512).contains(bytes.count) else { return false }
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x7F { return false }
    return true
  }
}
