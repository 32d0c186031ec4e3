import Testing
import Token

@Suite struct VerifierTests {
  @Test func acceptsBothVersionsAndRebuildsTheirClaims() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let first = try verifier.verify(Array(Tokens.token(of: Tokens.version1).utf8), at: Tokens.now)
    let second = try verifier.verify(
      Array(Tokens.token(claims: ["act": #"{"sub":"user_2boss","iss":"https://dash.example","sid":"x"}"#]).utf8),
      at: Tokens.now)
    let times = #""exp":1800000030,"iat":1799999970"#
    let subject = #"{"sub":"user_2ann","sid":"sess_2one","iss":"https://clerk.desk.example","#
    #expect(
      first.postgres == subject + #""org_id":"org_2acme","org_role":"org:admin","org_slug":"acme","#
        + #""azp":"https://desk.example","# + times + "}")
    #expect(
      second.postgres == subject + #""v":2,"o":{"id":"org_2acme","rol":"admin","slg":"acme"},"#
        + #""azp":"https://desk.example","# + times
        + #","act":{"sub":"user_2boss","iss":"https://dash.example"}}"#)
    #expect(first.isAdmin && second.isAdmin)
    #expect(second.actor == #"{"sub":"user_2boss","iss":"https://dash.example"}"#)
  }

  @Test func refusesAStrangersSignature() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let token = try Array(Tokens.token(by: Tokens.stranger).utf8)
    #expect { try verifier.verify(token, at: Tokens.now) } throws: { ($0 as? Refusal)?.reason == .invalidSignature }
  }
}
