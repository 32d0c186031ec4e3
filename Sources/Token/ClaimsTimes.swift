/// When a token is good, in seconds since 1970.
struct ClaimsTimes {
  var expires: Int
  var issuedAt: Int
  var notBefore: Int?
}

extension ClaimsReader {
  /// Types and ranges first, then the clock: `exp`, `nbf`, `iat`, as Clerk orders them.
  func times(_ payload: TokenObject) throws(Refusal) -> ClaimsTimes {
    guard let expires = try time("exp", payload) else {
      throw Refusal(.verificationFailed, "The token has no exp.")
    }
    guard let issuedAt = try time("iat", payload) else {
      throw Refusal(.verificationFailed, "The token has no iat.")
    }
    let notBefore = try time("nbf", payload)
    guard expires > issuedAt else {
      throw Refusal(.verificationFailed, "The token expires before it was issued.")
    }
    let limit = profile == .session ? policy.maximumAge : policy.maximumOAuthAge
    guard expires - issuedAt <= limit else {
      throw Refusal(
        .lifetimeTooLong, "The token is good for \(expires - issuedAt) s; at most \(limit) s are accepted.")
    }
    guard expires > now - policy.skew else {
      throw Refusal(.expired, "The token expired \(now - expires) s ago; \(tolerance)")
    }
    if let notBefore, notBefore > now + policy.skew {
      throw Refusal(.notActiveYet, "The token is good only in \(notBefore - now) s; \(tolerance)")
    }
    guard issuedAt <= now + policy.skew else {
      throw Refusal(.issuedInTheFuture, "The token was issued \(issuedAt - now) s in the future; \(tolerance)")
    }
    return ClaimsTimes(expires: expires, issuedAt: issuedAt, notBefore: notBefore)
  }

  private var tolerance: String { "this machine's clock is \(now), and clocks may differ by \(policy.skew) s." }

  /// A time that is an integer of at least 0 and below 2^53; nil when there is none.
  private func time(_ name: TokenObject.Name, _ payload: TokenObject) throws(Refusal) -> Int? {
    guard payload.has(name) else { return nil }
    guard let time = payload.integer(name), (0..<1 << 53).contains(time) else {
      throw Refusal(.verificationFailed, "The token's \(name) is not a whole number of seconds.")
    }
    return time
  }
}
