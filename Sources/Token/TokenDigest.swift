/// The SHA-256 of a token, by which it may be remembered.
///
/// Four words, which hash and compare faster than an array.
public struct TokenDigest: Hashable, Sendable {
  private let words: SIMD4<UInt64>

  public init(of token: [UInt8]) {
    words = unsafe SHA256.digest(token).withUnsafeBytes { unsafe $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  // The digest is spread evenly already; whoever could choose its words could break SHA-256.
  public func hash(into hasher: inout Hasher) { hasher.combine(words[0]) }
}
