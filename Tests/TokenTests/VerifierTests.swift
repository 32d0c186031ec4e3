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

  @Test func rebuildsTheClaimsOfAnAccessToken() throws {
    let policy = Policy(issuers: [Tokens.issuer], oauthClients: ["client_2editor"])
    let verifier = Verifier(keys: try Tokens.keys(), policy: policy)
    let token = try Tokens.accessToken(claims: ["org_role": #""org:admin""#, "act": #"{"sub":"client_2agent"}"#])
    let claims = try verifier.verify(Array(token.utf8), at: Tokens.now)
    #expect(
      claims.postgres
        == #"{"sub":"user_2ann","iss":"https://clerk.desk.example","client_id":"client_2editor","#
        + #""org_id":"org_2acme","exp":1800043200,"iat":1799956800,"act":{"sub":"client_2agent"}}"#)
    #expect(claims.profile == .oauth && claims.sessionID == nil && !claims.isAdmin)
  }

  /// The header that is remembered is not taken for another's, and what is refused is not remembered.
  @Test func readsEachHeaderThatIsNotTheLast() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let headers: [([String: String?], Bool)] = [
      ([:], true), (["alg": #""none""#], false), ([:], true), (["cat": #""cl_B7d4PD222AAA""#], false),
      (["cat": #""cl_B7d4PD111AAA""#], true), (["kid": #""ins_2other""#], false), (["typ": nil], true),
      (["crit": "[]"], false), (["crit": "[]"], false), ([:], true),
    ]
    for (header, isFine) in headers {
      let token = Array(try Tokens.token(header: header).utf8)
      #expect(((try? verifier.verify(token, at: Tokens.now)) != nil) == isFine, "\(header)")
    }
  }

  @Test func refusesAStrangersSignature() throws {
    let verifier = Verifier(keys: try Tokens.keys(), policy: Tokens.policy)
    let token = try Array(Tokens.token(by: Tokens.stranger).utf8)
    #expect { try verifier.verify(token, at: Tokens.now) } throws: { ($0 as? Refusal)?.reason == .invalidSignature }
  }
}
