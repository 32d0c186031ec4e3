import Testing

@testable import Token

@Suite struct RefusalTests {
  @Test(
    arguments: Row.encoding + Row.headerText + Row.header + Row.signature + Row.payload + Row.identity
      + Row.partiesAndAudiences + Row.clock + Row.times + Row.organizations + Row.accessTokens)
  func everyRuleHasItsReason(_ row: Row) throws {
    #expect(try row.outcome() == row.reason)
  }

  /// As many as that, each with a name of its own.
  @Test func theTableIsLong() {
    let rows = [
      Row.encoding, Row.headerText, Row.header, Row.signature, Row.payload, Row.identity, Row.partiesAndAudiences,
      Row.clock, Row.times, Row.organizations, Row.accessTokens,
    ].flatMap { $0 }
    #expect(rows.count >= 250)
    #expect(Set(rows.map(\.testDescription)).count >= rows.count - 2)
  }

  @Test func aRefusalForTimeSaysBySecondsHowMuchTheClocksDiffer() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let token = Array(try Tokens.token().utf8)
    let times = [(Tokens.now + 72, "expired 42 s ago"), (Tokens.now - 50, "only in 10 s")]
    for (now, words) in times {
      #expect { try verifier.verify(token, at: now) } throws: { ($0 as? Refusal)?.message.contains(words) ?? false }
    }
  }

  @Test func everySingleByteChangeOfATokenRefuses() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let token = Array(try Tokens.token().utf8)
    var accepted = 0
    for index in token.indices {
      let few = [token[index] ^ 1, token[index] ^ 2, token[index] ^ 0x20, 0x41, 0x2E, 0x3D, 0x00]
      for byte in FuzzTests.isLong ? Array(0...255) : few where byte != token[index] {
        var changed = token
        changed[index] = byte
        if (try? verifier.verify(changed, at: Tokens.now)) != nil { accepted += 1 }
      }
      var shorter = token
      shorter.remove(at: index)
      if (try? verifier.verify(shorter, at: Tokens.now)) != nil { accepted += 1 }
    }
    #expect(accepted == 0)
  }
}
