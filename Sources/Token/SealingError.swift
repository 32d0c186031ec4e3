/// Why something could not be sealed or opened; nothing here holds a secret.
public enum SealingError: Error, Equatable, Sendable {
  /// A sealer needs at least one key.
  case noKeys
  /// The key at that position is not `id:base64` with an id of 1 to 32 letters, digits, `_` or `-` and 32 bytes.
  case invalidKey(position: Int)
  case duplicateKeyID(String)
  /// The text is not one that `Sealer.seal` made.
  case notSealed
  /// The text was sealed with a key that is not configured.
  case unknownKey(String)
  /// The text, its associated data or its key is not what it was at sealing.
  case notAuthentic
}

extension SealingError: CustomStringConvertible {
  /// What is said of the keys' setting or of the sealed text, such as `holds no key`.
  public var description: String {
    switch self {
    case .noKeys: "holds no key"
    case .invalidKey(let position):
      "has a key (number \(position + 1)) that is not id:base64 with a short plain id and 32 bytes"
    case .duplicateKeyID(let id): "has more than one key with the id \(id)"
    case .notSealed: "is not a sealed secret"
    case .unknownKey(let id): "was sealed with the key \(id), which is not configured"
    case .notAuthentic: "was changed, or belongs to something else"
    }
  }
}
