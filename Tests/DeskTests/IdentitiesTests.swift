import Testing
import Token

@testable import Desk

/// What is remembered of tokens that calls carry, and for how long.
@Suite struct IdentitiesTests {
  private let identity: Identity
  private let claims: Claims
  private let digest = TokenDigest(of: [1])
  private let now: Int

  init() throws {
    let signer = try Signer.generate()
    let verifier = Verifier(keys: try KeySet(pem: signer.publicPEM), policy: Policy(issuers: [TestDesk.issuer]))
    now = Moment.now.seconds
    let token = try TestDesk.token(TestDesk.Person.agent.subject, by: signer)
    claims = try verifier.verify(Array(token.utf8), at: now)
    identity = try Identity(claims, row: Self.row(of: "Caf\u{E9}"), skew: 5, like: nil)
  }

  private static func row(of organization: String) -> String {
    """
    {"organization_id":"00000000-0000-7000-8000-000000000001","organization_name":"\(organization)",\
    "agent_id":"00000000-0000-7000-8000-000000000002","agent_name":"B","role":"agent"}
    """
  }

  /// Swift takes one way to write é for the other.
  @Test(arguments: ["Caf\u{E9}", "Cafe\u{301}", "Tea"]) func keepsTheBytesOfTextsBesideAnotherIdentity(
    _ name: String
  ) throws {
    let other = try Identity(claims, row: Self.row(of: name), skew: 5, like: identity)
    #expect(Array(other.organizationName.utf8) == Array(name.utf8))
    #expect(other.caller.organization == identity.caller.organization)
  }

  /// The numbers of a look-up that was begun by one call and joined by another.
  private func waiting(_ identities: inout Identities) {
    #expect(!identities.isLookedUp(digest))
    identities.wait(7, for: digest)
    identities.wait(9, for: digest)
    #expect(identities.isLookedUp(digest) && identities.identity(for: digest, at: now) == nil)
  }

  @Test func remembersWhatALookUpFoundUntilItsTokenExpires() {
    var identities = Identities(capacity: 2)
    waiting(&identities)
    #expect(identities.end(digest, identity, at: now) == [7, 9])
    #expect(!identities.isLookedUp(digest) && identities.end(digest, identity, at: now) == [])
    #expect(identities.identity(for: digest, at: now)?.subject == TestDesk.Person.agent.subject)
    #expect(identities.identity(for: digest, at: now + 50) != nil)
    #expect(identities.identity(for: digest, at: now + 70) == nil)
  }

  @Test func remembersNothingOfALookUpThatFailed() {
    var identities = Identities(capacity: 2)
    waiting(&identities)
    #expect(identities.end(digest, nil, at: now) == [7, 9])
    #expect(identities.identity(for: digest, at: now) == nil)
  }

  /// The keys change while PostgreSQL is asked: who waited has the token verified again.
  @Test func remembersNothingThatOldKeysHaveVerified() {
    var identities = Identities(capacity: 2)
    waiting(&identities)
    identities.forget()
    #expect(identities.end(digest, identity, at: now) == [7, 9])
    #expect(identities.identity(for: digest, at: now) == nil)
    waiting(&identities)
    identities.forget()
    identities.renew(digest)
    #expect(identities.end(digest, identity, at: now) == [7, 9])
    #expect(identities.identity(for: digest, at: now) != nil)
    identities.forget { $0.subject == "user_else" }
    #expect(identities.identity(for: digest, at: now) != nil)
    identities.forget { $0.subject == TestDesk.Person.agent.subject }
    #expect(identities.identity(for: digest, at: now) == nil)
  }
}
