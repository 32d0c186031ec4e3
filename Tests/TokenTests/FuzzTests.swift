import Glibc
import JSON
import Testing

@testable import Token

@Suite struct FuzzTests {
  static let isLong = unsafe getenv("DESKPIPE_LONG") != nil
  static let rounds = isLong ? 1_000_000 : 20_000

  @Test func noMutatedTokenIsAccepted() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let tokens = try [Tokens.token(), Tokens.token(of: Tokens.version1), Tokens.token(by: Tokens.stranger)]
      .map { Array($0.utf8) }
    var mutator = Mutator(seed: 1)
    var accepted: [String] = []
    for round in 0..<Self.rounds {
      let token = mutator.mutate(tokens[round % 3], with: tokens[(round + 1) % 3])
      guard !tokens.contains(token) else { continue }
      if (try? verifier.verify(token, at: Tokens.now)) != nil {
        accepted.append(String(decoding: token, as: UTF8.self))
      }
    }
    #expect(accepted.isEmpty)
  }

  /// As if a key's owner signed anything: no payload may crash, and what is accepted must be what policies expect.
  @Test func everyAcceptedPayloadRebuildsToPlainJSON() throws {
    let reader = ClaimsReader(policy: Tokens.policy, profile: .session, keyIssuer: nil, now: Tokens.now)
    let payloads = [Tokens.version1, Tokens.version2].map { Array(Tokens.object($0).utf8) }
    var mutator = Mutator(seed: 2)
    var acceptedCount = 0
    for round in 0..<Self.rounds {
      var text = mutator.mutate(payloads[round % 2], with: payloads[(round + 1) % 2])
      guard let object = TokenObject(&text), let claims = try? reader.read(object) else { continue }
      acceptedCount += 1
      let document = try Document(claims.postgres.utf8.span, duplicates: .refused)
      let subject = document.withRoot { $0.string("sub") }
      #expect(subject == claims.subject && claims.subject.hasPrefix("user_"))
      #expect(claims.organizationID?.hasPrefix("org_") == true)
    }
    #expect(acceptedCount > 0)
  }
}

/// Changes bytes at random, in the same way every time.
struct Mutator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let telling = Array(#"."{}[],:\u0- eE+_=/"#.utf8) + [0x00, 0x7F, 0x80, 0xC0, 0xED, 0xEF, 0xFF]

  mutating func mutate(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      guard !bytes.isEmpty else { return bytes }
      let index = Int.random(in: 0..<bytes.count, using: &self)
      let end = min(bytes.count, index + Int.random(in: 1...20, using: &self))
      switch Int.random(in: 0..<8, using: &self) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &self)
      case 2: bytes[index] = Self.telling.randomElement(using: &self) ?? 0
      case 3: bytes.insert(Self.telling.randomElement(using: &self) ?? 0, at: index)
      case 4: bytes.removeSubrange(index..<end)
      case 5: bytes.insert(contentsOf: bytes[index..<end], at: index)
      case 6: bytes.removeLast(bytes.count - index)
      default: bytes.replaceSubrange(index..., with: other.suffix(max(0, other.count - index)))
      }
    }
    return bytes
  }
}
