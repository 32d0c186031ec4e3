@testable import Token

/// Tokens made for the tests, signed by keys that are generated when they run.
enum Tokens {
  static let now = 1_800_000_000
  static let issuer = "https://clerk.desk.example"
  static let keyID = "ins_2desk"
  static let signer = Result { try Signer.generate() }
  static let stranger = Result { try Signer.generate() }

  static let policy = Policy(issuers: [issuer])

  static func keys() throws -> KeySet { try KeySet(jwks: Array(jwks(signer.get().jwk(id: keyID)).utf8)) }

  static func jwks(_ keys: String...) -> String { #"{"keys":["# + keys.joined(separator: ",") + "]}" }

  /// The members of a JSON object, in their order; a nil among changes takes a member out.
  typealias Members = [(name: String, json: String)]

  static let header: Members = [("alg", #""RS256""#), ("kid", "\"\(keyID)\""), ("typ", #""JWT""#)]

  static let version1: Members =
    base + [("org_id", #""org_2acme""#), ("org_role", #""org:admin""#), ("org_slug", #""acme""#)]

  static let version2: Members =
    base + [("v", "2"), ("o", #"{"id":"org_2acme","rol":"admin","slg":"acme","per":"a,b","fpm":"3"}"#)]

  /// Of Clerk's OAuth access tokens.
  static let access: Members = [
    ("iss", "\"\(issuer)\""), ("sub", #""user_2ann""#), ("client_id", #""client_2editor""#),
    ("scope", #""profile user:org:read""#), ("jti", #""oat_2one""#), ("exp", "\(now + 43_200)"),
    ("iat", "\(now - 43_200)"), ("nbf", "\(now - 43_210)"), ("org_id", #""org_2acme""#),
  ]

  private static let base: Members = [
    ("azp", #""https://desk.example""#), ("exp", "\(now + 30)"), ("iat", "\(now - 30)"),
    ("iss", "\"\(issuer)\""), ("jti", #""7f2a""#), ("nbf", "\(now - 40)"), ("sid", #""sess_2one""#),
    ("sub", #""user_2ann""#),
  ]

  static func object(_ members: Members) -> String {
    "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
  }

  /// The members with some of them replaced, added or, where the change is nil, left out.
  static func changed(_ members: Members, _ changes: [String: String?]) -> Members {
    let kept = members.compactMap { member -> (name: String, json: String)? in
      guard let change = changes[member.name] else { return member }
      return change.map { (member.name, $0) }
    }
    let added = changes.sorted { $0.key < $1.key }.compactMap { name, change in
      members.contains { $0.name == name } ? nil : change.map { (name: name, json: $0) }
    }
    return kept + added
  }

  static func accessToken(header: [String: String?] = [:], claims: [String: String?] = [:]) throws -> String {
    let header = [("typ", #""at+jwt""#)].reduce(into: header) { if $0[$1.0] == nil { $0[$1.0] = $1.1 } }
    return try token(header: header, claims: claims, of: access)
  }

  static func token(
    header: [String: String?] = [:], claims: [String: String?] = [:], of members: Members = version2,
    by signer: Result<Signer, any Error> = Tokens.signer
  ) throws -> String {
    try signer.get().token(
      header: object(changed(Tokens.header, header)), claims: object(changed(members, claims)))
  }
}

extension Tokens {
  /// A token of any bytes, signed as it should be.
  static func signed(_ header: [UInt8], _ claims: [UInt8]) throws -> [UInt8] {
    let message = Array((Base64.encodeURL(header) + "." + Base64.encodeURL(claims)).utf8)
    return message + Array(("." + Base64.encodeURL(try signer.get().sign(message))).utf8)
  }
}
