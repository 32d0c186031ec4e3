/// Seals secrets for the database with AES-256-GCM (NIST SP 800-38D), so that the database alone cannot read them.
///
/// A sealed text is `v1.<key id>.<base64url of nonce, ciphertext and tag>`. Nonces are 96 random bits, so a key must
/// seal fewer than 2^32 times (SP 800-38D section 8.3).
public final class Sealer: Sendable {
  private let keys: [SealingKey]

  /// - Parameter keys: each `id:base64(32 bytes)`. The first seals, all of them open.
  public init(keys texts: [String]) throws(SealingError) {
    var keys: [SealingKey] = []
    for (position, text) in texts.enumerated() {
      guard let key = SealingKey(text) else { throw .invalidKey(position: position) }
      guard !keys.contains(where: { $0.id == key.id }) else { throw .duplicateKeyID(key.id) }
      keys.append(key)
    }
    guard !keys.isEmpty else { throw .noKeys }
    self.keys = keys
  }

  /// A new key with that id, in the form that `init` takes.
  public static func makeKey(id: String) -> String { id + ":" + Base64.encode(Random.bytes(count: SealingKey.count)) }

  /// Seals a secret.
  ///
  /// - Parameter associated: what the secret belongs to, such as a row's id; it is not in the text, but opening needs
  ///   the same bytes, so that a sealed text moved elsewhere does not open.
  public func seal(
    _ plaintext: [UInt8], for associated: [UInt8]
  ) throws(SealingError) -> (keyID: String, text: String) {
    let key = keys[0]
    let nonce = Random.bytes(count: GCM.nonceCount)
    let sealed = try GCM.encrypt(plaintext, key: key, nonce: nonce, associated: associated)
    return (key.id, "v1.\(key.id).\(Base64.encodeURL(nonce + sealed))")
  }

  /// A code of bytes that nobody without the key can make or guess at; another one with every other first key.
  public func authenticate(_ bytes: [UInt8]) -> [UInt8] { keys[0].authenticate(bytes) }

  /// Opens a text of `seal`; the caller wipes the secret, or lets it go soon.
  public func open(_ text: String, for associated: [UInt8]) throws(SealingError) -> [UInt8] {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "v1", let sealed = Base64.decodeURL(String(parts[2]).utf8.span),
      sealed.count >= GCM.nonceCount + GCM.tagCount
    else { throw .notSealed }
    guard let key = keys.first(where: { $0.id == parts[1] }) else {
      // What is no id of ours is not repeated in an error.
      guard parts[1].utf8.count <= 32, ClaimsReader.isID(String(parts[1]), prefix: "") else { throw .notSealed }
      throw .unknownKey(String(parts[1]))
    }
    return try GCM.decrypt(
      Array(sealed[GCM.nonceCount...]), key: key, nonce: Array(sealed[..<GCM.nonceCount]), associated: associated)
  }
}
