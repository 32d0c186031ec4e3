import Testing

@testable import Token

@Suite struct TokenCacheTests {
  private let verifier: Verifier

  init() throws { verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy) }

  private func digest(_ name: String) -> TokenDigest { TokenDigest(of: Array(name.utf8)) }

  @Test func aRememberedTokenIsRefusedAsSoonAsTheVerifierRefusesIt() throws {
    let tokens = try [Tokens.token(), Tokens.token(claims: ["nbf": nil]), Tokens.token(of: Tokens.version1)]
    for token in tokens.map({ Array($0.utf8) }) {
      var cache = TokenCache<Claims>(capacity: 10)
      let digest = TokenDigest(of: token)
      let first = try verifier.verify(token, at: Tokens.now)
      cache.remember(first, for: digest, during: first.validity(skew: Tokens.policy.skew), at: Tokens.now)
      // From before nbf and iat to after exp, and back, as a clock that is set may go.
      for now in Array((Tokens.now - 60)...(Tokens.now + 60)) + [Tokens.now, Tokens.now - 60, Tokens.now + 34] {
        let remembered = cache.value(for: digest, at: now)
        #expect(remembered == (try? verifier.verify(token, at: now)), "\(now - Tokens.now)")
        #expect(remembered == nil || remembered == first)
      }
    }
  }

  @Test func theFirstToExpireMakesWay() {
    var cache = TokenCache<Int>(capacity: 3)
    for seconds in [40, 10, 30, 20, 50] {
      cache.remember(seconds, for: digest("\(seconds)"), during: 0..<seconds, at: 0)
      #expect(cache.count <= 3)
      #expect(cache.value(for: digest("\(seconds)"), at: 0) == seconds)
    }
    #expect([40, 10, 30, 20, 50].map { cache.value(for: digest("\($0)"), at: 0) } == [40, nil, 30, nil, 50])
  }

  @Test func expiredTokensLeave() {
    var cache = TokenCache<Int>(capacity: 100)
    for second in 1...10 { cache.remember(second, for: digest("\(second)"), during: 0..<(second + 5), at: 0) }
    #expect(cache.count == 10)
    cache.remember(100, for: digest("100"), during: 0..<100, at: 12)
    #expect(cache.count == 4)
  }

  @Test func aTokenIsRememberedOnce() {
    var cache = TokenCache<Int>(capacity: 2)
    for value in 1...3 { cache.remember(value, for: digest("a"), during: 0..<10, at: 0) }
    cache.remember(4, for: digest("b"), during: 0..<20, at: 0)
    #expect(cache.count == 2 && cache.value(for: digest("a"), at: 0) == 3)
  }

  @Test func forgetsAllOrSome() {
    var cache = TokenCache<Int>(capacity: 10)
    for value in 1...6 { cache.remember(value, for: digest("\(value)"), during: 0..<10, at: 0) }
    cache.forget { $0.isMultiple(of: 2) }
    #expect((1...6).map { cache.value(for: digest("\($0)"), at: 0) } == [1, nil, 3, nil, 5, nil])
    cache.forget()
    #expect(cache.count == 0)
    for value in 1...12 { cache.remember(value, for: digest("\(value)"), during: 0..<10, at: 0) }
    #expect(cache.count == 10)
  }
}
