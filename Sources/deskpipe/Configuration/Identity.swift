import Desk
import Glibc
import Postgres
import Token

extension Configuration {
  func policy() throws -> Policy {
    var policy = Policy(issuers: try issuers())
    policy.authorizedParties = list(.clerkAuthorizedParties)
    policy.absentParty = try absentParty(default: policy.absentParty)
    policy.audiences = list(.clerkAudience)
    policy.maximumAge = try integer(.clerkTokenAge, Policy.ages, default: policy.maximumAge)
    policy.oauthClients = list(.clerkOAuthClients)
    policy.maximumOAuthAge = try integer(.clerkOAuthTokenAge, Policy.ages, default: policy.maximumOAuthAge)
    policy.adminRoles = adminRoles() ?? policy.adminRoles
    policy.skew = try integer(.clockSkew, 0...60, default: policy.skew)
    return policy
  }

  private func absentParty(default standard: Policy.AbsentParty) throws -> Policy.AbsentParty {
    guard let text = self[.clerkAbsentParty] else { return standard }
    guard let absent = Policy.AbsentParty(rawValue: text) else {
      throw ConfigurationError(.clerkAbsentParty, "must be if_present or require")
    }
    return absent
  }

  /// Each as Clerk's API and version 1 of its claims write it (org:admin) and as version 2 does (admin).
  private func adminRoles() -> [String]? {
    let roles = list(.adminRoles).map { $0.hasPrefix("org:") ? String($0.dropFirst(4)) : $0 }
    return roles.isEmpty ? nil : roles.flatMap { [$0, "org:" + $0] }
  }

  /// What webhooks are verified with; several secrets while one replaces another.
  func webhooks() throws -> SvixSignature? {
    let secrets = list(.clerkWebhookSecret)
    guard !secrets.isEmpty else { return nil }
    guard let signature = SvixSignature(secrets: secrets) else {
      throw ConfigurationError(.clerkWebhookSecret, "must be whsec_ and base64, as Clerk's dashboard shows it")
    }
    return signature
  }

  /// What events are signed with on their way to a webhook.
  func webhookSigner() throws -> WebhookSigner {
    let secrets = list(.eventsWebhookSecret)
    guard !secrets.isEmpty else {
      throw ConfigurationError(.eventsWebhookSecret, "is not set; it signs what goes to the webhook")
    }
    guard let signer = WebhookSigner(secrets: secrets) else {
      throw ConfigurationError(.eventsWebhookSecret, "must be whsec_ and base64 of 24 to 64 bytes")
    }
    return signer
  }

  func sealer() throws -> Sealer? {
    let keys = list(.secretKeys)
    guard !keys.isEmpty else { return nil }
    do throws(SealingError) { return try Sealer(keys: keys) } catch {
      throw ConfigurationError(.secretKeys, "\(error)")
    }
  }

  /// Where tokens for the process's own session come from; nil where it has none.
  func tokenSource() throws -> TokenFeed.Source? {
    switch (self[.tokenFile], self[.tokenCommand]) {
    case (nil, nil): return nil
    case (nil, let command?): return .command(command)
    case (let path?, nil):
      // A file that is not there yet may come; one that others may read is a mistake that must be seen.
      if unsafe access(path, F_OK) == 0 { _ = try TokenFile.read(path) }
      return .file(path)
    case (.some, .some): throw ConfigurationError(.tokenCommand, "and token_file are both set; one is enough")
    }
  }
}
