/// Why a key, or a set of keys, cannot be used.
public enum KeyError: Error, Equatable, Sendable {
  /// The text is neither a PEM public key, armoured or not, nor its base64.
  case notAPublicKey
  /// The text holds more than one armoured block.
  case severalKeys
  /// It holds a private or a shared secret, which has no place among public keys.
  case holdsASecret
  case notRSA
  /// The modulus has so many bits; 2,048 to 8,192 are accepted.
  case modulusBits(Int)
  case evenModulus
  /// The exponent is even, or below 65,537.
  case weakExponent
  /// The text is no JSON Web Key Set (RFC 7517 section 5) of at most 256 KiB and 64 keys.
  case notAKeySet
  /// A key without `kid`, or with one that is no plain string of 1 to 128 characters.
  case invalidKeyID
  case duplicateKeyID(String)
  /// The set has no RSA key for signatures.
  case noUsableKey
  case notAPrivateKey
  /// libcrypto could not make the key or the signature.
  case libcryptoFailed
}

extension KeyError: CustomStringConvertible {
  /// What is said of the setting that holds the key, such as `is not an RSA key`.
  public var description: String {
    switch self {
    case .notAPublicKey: "is not a public key in PEM"
    case .severalKeys: "holds more than one PEM block, where one public key is expected"
    case .holdsASecret: "holds a secret key, where only public keys belong"
    case .notRSA: "is not an RSA key"
    case .modulusBits(let bits): "is an RSA key of \(bits) bits; 2048 to 8192 are accepted"
    case .evenModulus: "is an RSA key with an even modulus"
    case .weakExponent: "is an RSA key with an exponent that is even or below 65537"
    case .notAKeySet: "is not a JSON Web Key Set of at most 256 KiB and 64 keys"
    case .invalidKeyID: "has a key without a usable kid"
    case .duplicateKeyID(let id): "has more than one key with the kid \(id)"
    case .noUsableKey: "has no RSA key for signatures"
    case .notAPrivateKey: "is not an RSA private key in PEM (PKCS #8)"
    case .libcryptoFailed: "could not be used by libcrypto"
    }
  }
}
