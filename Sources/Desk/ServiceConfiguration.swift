public import Token

/// What a service is told at its start.
public struct ServiceConfiguration: Sendable {
  /// Which rows the first session of an organization or an agent may create.
  public enum Provision: String, CaseIterable, Sendable { case organizations, agents, none }

  /// The policy, and the keys that are not fetched.
  public var verifier: Verifier
  /// The keys that are.
  public var remoteKeys: RemoteKeys
  public var provision: Provision
  public var description: Description
  /// Seconds by which clocks may differ; the verifier allows the same.
  public var skew: Int { verifier.policy.skew }
  /// Seals the passwords of email accounts; nil where no key is configured, and then none can be stored.
  public var sealer: Sealer?

  /// Whether someone answers when the service wants a token for the process's own session.
  public var hasTokenSource = false
  /// Verifies webhooks; nil where no secret is configured, and then none is taken.
  public var webhooks: SvixSignature?

  public init(
    verifier: Verifier, remoteKeys: RemoteKeys = RemoteKeys(), provision: Provision, description: Description,
    sealer: Sealer?
  ) {
    self.verifier = verifier
    self.remoteKeys = remoteKeys
    self.provision = provision
    self.description = description
    self.sealer = sealer
  }
}
