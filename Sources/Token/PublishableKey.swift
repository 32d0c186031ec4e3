/// Clerk's publishable key (`pk_live_...`), which is no secret: it encodes the host of an instance's Frontend API.
public struct PublishableKey: Equatable, Sendable {
  /// Such as `clerk.example.com`.
  public let host: String

  /// The value of `iss` in the instance's tokens.
  public var issuer: String { "https://\(host)" }

  /// Where the instance's key set is.
  public var keySetAddress: String { "https://\(host)/.well-known/jwks.json" }

  /// Nil for what is not `pk_live_` or `pk_test_` and the base64, padded or not, of a host's name and `$`.
  public init?(_ text: String) {
    guard let prefix = ["pk_live_", "pk_test_"].first(where: text.hasPrefix) else { return nil }
    var encoded = Array(text.utf8.dropFirst(prefix.utf8.count))
    while encoded.count % 4 != 0 { encoded.append(UInt8(ascii: "=")) }
    guard let name = Base64.decode(encoded), name.last == UInt8(ascii: "$"), Self.isHost(name.dropLast()) else {
      return nil
    }
    host = String(decoding: name.dropLast(), as: UTF8.self)
  }

  /// Labels of letters, digits and inner hyphens, in lower case as in `iss`; at least two of them (RFC 1123 section 2.1).
  private static func isHost(_ name: ArraySlice<UInt8>) -> Bool {
    let hyphen = UInt8(ascii: "-")
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return labels.count >= 2 && name.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
          && label.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen }
      }
  }
}
