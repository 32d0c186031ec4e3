import Testing

@testable import Token

/// A token and what is to come of it.
struct Row: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// nil when it is to be accepted.
  let reason: Refusal.Reason?
  let policy: Policy
  let now: Int
  let token: @Sendable () throws -> [UInt8]

  init(
    _ name: String, _ reason: Refusal.Reason?, policy: Policy = Tokens.policy, now: Int = Tokens.now,
    token: @escaping @Sendable () throws -> [UInt8]
  ) {
    testDescription = name
    self.reason = reason
    self.policy = policy
    self.now = now
    self.token = token
  }

  /// A signed token with some members changed.
  static func header(_ name: String, _ reason: Refusal.Reason?, _ changes: [String: String?]) -> Row {
    Row(name, reason) { Array(try Tokens.token(header: changes).utf8) }
  }

  static func claims(
    _ name: String, _ reason: Refusal.Reason?, _ changes: [String: String?], policy: Policy = Tokens.policy,
    now: Int = Tokens.now
  ) -> Row {
    Row(name, reason, policy: policy, now: now) { Array(try Tokens.token(claims: changes).utf8) }
  }

  static func version1(_ name: String, _ reason: Refusal.Reason?, _ changes: [String: String?]) -> Row {
    Row(name, reason) { Array(try Tokens.token(claims: changes, of: Tokens.version1).utf8) }
  }

  /// A signed token of these texts.
  static func texts(_ name: String, _ reason: Refusal.Reason?, header: [UInt8]? = nil, claims: [UInt8]? = nil) -> Row {
    Row(name, reason) {
      try Tokens.signed(
        header ?? Array(Tokens.object(Tokens.header).utf8), claims ?? Array(Tokens.object(Tokens.version2).utf8))
    }
  }

  /// The reason of the refusal; nil when the token is accepted.
  func outcome() throws -> Refusal.Reason? {
    let token = try token()
    let verifier = Verifier(keys: try Tokens.keys(), policy: policy)
    do throws(Refusal) {
      _ = try verifier.verify(token, at: now)
      return nil
    } catch { return error.reason }
  }
}
