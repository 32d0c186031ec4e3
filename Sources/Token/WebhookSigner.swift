/// Signs webhooks that are sent, with HMAC-SHA256 as Standard Webhooks says (`v1`,
/// github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md).
public struct WebhookSigner: Sendable {
  private let secrets: [[UInt8]]

  /// - Parameter secrets: each `whsec_` and base64 of 24 to 64 bytes; several while one replaces another, since the
  ///   receiver may know either. nil when there is none, or one is malformed.
  public init?(secrets texts: [String]) {
    guard let secrets = WebhookSecret.bytes(of: texts) else { return nil }
    self.secrets = secrets
  }

  /// The value of `webhook-signature`: `v1,` and base64 for each secret.
  ///
  /// - Parameters:
  ///   - id: the value of `webhook-id`, without a full stop, and the same at each attempt.
  ///   - timestamp: that of `webhook-timestamp`: seconds since 1970 at this attempt.
  ///   - body: the bytes as they are sent.
  public func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
    secrets.map { "v1," + Base64.encode(WebhookSecret.code(id, String(timestamp), body, key: $0)) }
      .joined(separator: " ")
  }
}
