import Testing

@testable import Token

@Suite struct TokenCacheTests {
  private let verifier: Verifier

  init() throws { verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy) }

  @Test func aRememberedTokenIsRefusedAsSoonAsTheVerifierRefusesIt() throws {
    var cache = TokenCache()
    let token = Array(try Tokens.token().utf8)
    let first = try verifier.verify(token, at: Tokens.now)
    // From before nbf and iat to after exp, and back, as a clock that is set may go.
    for now in Array((Tokens.now - 60)...(Tokens.now + 60)) + [Tokens.now, Tokens.now - 60, Tokens.now + 34] {
      let remembered = try? cache.verify(token, with: verifier, at: now)
      #expect(remembered == (try? verifier.verify(token, at: now)), "\(now - Tokens.now)")
      #expect(remembered == nil || remembered == first)
    }
  }

  @Test func refusedTokensAreNotRemembered() throws {
    var cache = TokenCache()
    let forged = Array(try Tokens.token(by: Tokens.stranger).utf8)
    for token in [forged, [], [UInt8](repeating: 0x41, count: 20_000)] {
      #expect(throws: Refusal.self) { try cache.verify(token, with: verifier, at: Tokens.now) }
    }
    #expect(cache.count == 0)
  }

  @Test func theFirstToExpireMakesWay() throws {
    var cache = TokenCache(capacity: 3)
    let tokens = try [40, 10, 30, 20, 50].map { seconds in
      Array(try Tokens.token(claims: ["exp": "\(Tokens.now + seconds)"]).utf8)
    }
    for token in tokens {
      _ = try cache.verify(token, with: verifier, at: Tokens.now)
      #expect(cache.count <= 3)
    }
    // A verifier without keys answers for those alone that are remembered.
    let empty = Verifier(keys: KeySet(), policy: Tokens.policy)
    var remembered: [Bool] = []
    for token in tokens { remembered.append((try? cache.verify(token, with: empty, at: Tokens.now)) != nil) }
    #expect(remembered == [true, false, true, false, true])
  }

  @Test func expiredTokensLeave() throws {
    var cache = TokenCache()
    for second in 1...10 {
      let token = try Tokens.token(claims: ["exp": "\(Tokens.now + second)"])
      _ = try cache.verify(Array(token.utf8), with: verifier, at: Tokens.now)
    }
    #expect(cache.count == 10)
    let later = try Tokens.token(claims: ["exp": "\(Tokens.now + 100)"])
    _ = try cache.verify(Array(later.utf8), with: verifier, at: Tokens.now + 12)
    #expect(cache.count == 4)
  }
}
