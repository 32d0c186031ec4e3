import JSON

/// The public keys that tokens may be signed with.
public struct KeySet: Sendable {
  /// A key, and which tokens it is for.
  struct Entry: Sendable {
    /// nil for a key from a PEM, which is used whatever a token's `kid` says.
    let id: String?
    /// nil when the key is for every issuer of the policy.
    let issuer: String?
    let key: PublicKey

    /// A `kid` is compared here and goes nowhere else.
    func isFor(_ id: String?) -> Bool { self.id == nil || self.id == id }
  }

  let entries: [Entry]

  /// No keys; every token is refused.
  public init() { entries = [] }

  private init(_ entries: [Entry]) { self.entries = entries }

  /// One key from a PEM in any of the shapes of `PublicKey.init(pem:)`; a token's `kid` is ignored.
  ///
  /// - Parameter issuer: the only issuer whose tokens it verifies; nil for all of the policy.
  public init(pem: String, issuer: String? = nil) throws(KeyError) {
    entries = [Entry(id: nil, issuer: issuer, key: try PublicKey(pem: pem))]
  }

  /// The RSA keys for signatures of a JSON Web Key Set (RFC 7517).
  ///
  /// Keys of other kinds and for other uses are left out. A secret, a weak RSA key, a missing or a repeated `kid`
  /// refuses the whole set.
  public init(jwks: [UInt8], issuer: String? = nil) throws(KeyError) {
    guard jwks.count <= 262_144 else { throw .notAKeySet }
    let found = try StrictJSON.withObject(jwks) { set throws(KeyError) in
      try set.member("keys") { keys throws(KeyError) in try Self.entries(keys, issuer) }
    }
    guard let found = found ?? nil else { throw .notAKeySet }
    guard !found.isEmpty else { throw .noUsableKey }
    entries = found
  }

  /// The keys of several sets, such as those of two issuers.
  public init(joining sets: [KeySet]) { self.init(sets.flatMap(\.entries)) }

  /// Whether some key is for tokens with that `kid`; nil for tokens without.
  public func has(_ id: String?) -> Bool { entries.contains { $0.isFor(id) } }

  private static func entries(_ keys: borrowing Value, _ issuer: String?) throws(KeyError) -> [Entry] {
    guard keys.kind == .array, keys.count <= 64 else { throw .notAKeySet }
    var entries: [Entry] = []
    for index in 0..<keys.count {
      let entry = try keys.element(index) { key throws(KeyError) in try Self.entry(key, issuer) }
      guard let entry = entry ?? nil else { continue }
      if let id = entry.id, entries.contains(where: { $0.id == id }) { throw .duplicateKeyID(id) }
      entries.append(entry)
    }
    return entries
  }

  /// One JSON Web Key; nil for a key of another kind or for another use.
  private static func entry(_ key: borrowing Value, _ issuer: String?) throws(KeyError) -> Entry? {
    guard key.kind == .object, let type = key.string("kty") else { throw .notAKeySet }
    for secret in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] where key.has(secret) { throw .holdsASecret }
    guard type != "oct" else { throw .holdsASecret }
    guard type == "RSA", key.isForSignatures else { return nil }
    guard let id = key.string("kid"), isPlain(id) else { throw .invalidKeyID }
    guard let modulus = key.string("n").flatMap({ Base64.decodeURL($0.utf8.span) }),
      let exponent = key.string("e").flatMap({ Base64.decodeURL($0.utf8.span) })
    else { throw .notRSA }
    return Entry(id: id, issuer: issuer, key: try PublicKey(modulus: modulus, exponent: exponent))
  }

  /// Whether a `kid` may be used: 1 to 128 printable characters of ASCII.
  static func isPlain(_ id: String) -> Bool {
    let bytes = id.utf8.span
    guard (1...128).contains(bytes.count) else { return false }
    for index in bytes.indices where bytes[index] < 0x21 || bytes[index] > 0x7E { return false }
    return true
  }

  static func jwk(id: String, modulus: String, exponent: String) -> String {
    #"{"kty":"RSA","use":"sig","alg":"RS256","kid":\#(Line.quoted(id)),"n":"\#(modulus)","e":"\#(exponent)"}"#
  }
}

extension Value {
  /// Whether a JSON Web Key does not say that it is for something else than RS256 signatures.
  fileprivate var isForSignatures: Bool {
    guard !has("use") || string("use") == "sig", !has("alg") || string("alg") == "RS256" else { return false }
    return member("key_ops") { operations in
      guard operations.kind == .array else { return false }
      return (0..<operations.count).contains { operations.element($0) { $0.string == "verify" } ?? false }
    } ?? true
  }
}
