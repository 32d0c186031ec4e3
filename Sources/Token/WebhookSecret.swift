/// Secrets that webhooks are signed with, as Standard Webhooks writes them.
enum WebhookSecret {
  /// The bytes behind `whsec_`; nil where the text is malformed or they are not 24 to 64, as the specification asks.
  static func bytes(_ text: String) -> [UInt8]? {
    guard text.hasPrefix("whsec_"), let secret = Base64.decode(Array(text.utf8.dropFirst(6))),
      (24...64).contains(secret.count)
    else { return nil }
    return secret
  }

  /// Those of several; nil where there is none, or one is no secret.
  static func bytes(of texts: [String]) -> [[UInt8]]? {
    let secrets = texts.compactMap(bytes)
    return secrets.isEmpty || secrets.count < texts.count ? nil : secrets
  }

  /// What is authenticated: the id and the time with the body, so that neither can be another's.
  static func code(_ id: String, _ timestamp: String, _ body: [UInt8], key: [UInt8]) -> [UInt8] {
    HMACSHA256.code(Array("\(id).\(timestamp).".utf8) + body, key: key)
  }
}
