import Testing

@testable import Token

@Suite struct KeySetTests {
  private static func shapes() throws -> [(name: String, pem: String)] {
    let pem = try Tokens.signer.get().publicPEM
    let lines = pem.split(separator: "\n").map(String.init)
    let body = lines.dropFirst().dropLast().joined()
    return [
      ("line ends", pem),
      ("carriage returns", lines.joined(separator: "\r\n") + "\r\n"),
      ("literal escapes", lines.joined(separator: "\\n") + "\\n"),
      ("literal escapes with returns", lines.joined(separator: "\\r\\n")),
      ("spaces", lines.joined(separator: " ")),
      ("one line", lines.joined()),
      ("one line in quotes", "\"" + lines.joined(separator: "\\n") + "\""),
      ("a body in one line", "\(lines[0])\n\(body)\n\(lines[lines.count - 1])"),
      ("no armour", body),
      ("no armour, with line ends", lines.dropFirst().dropLast().joined(separator: "\n")),
      ("no armour, with escapes", lines.dropFirst().dropLast().joined(separator: "\\n")),
      ("no padding", lines.joined().replacing("=", with: "")),
      ("text around", "# the key\n" + pem + "# end\n"),
      ("white space around", "\n\n  \t" + pem + "  \n"),
    ]
  }

  @Test func aPEMKeyIsReadInEveryShapeOfAnEnvironmentVariable() throws {
    let token = Array(try Tokens.token(header: ["kid": nil]).utf8)
    for (name, pem) in try Self.shapes() {
      let verifier = Verifier(keys: try KeySet(pem: pem), policy: Tokens.policy)
      #expect((try? verifier.verify(token, at: Tokens.now)) != nil, "\(name)")
    }
  }

  @Test func aKidIsIgnoredForAPEMKey() throws {
    let verifier = Verifier(keys: try KeySet(pem: Tokens.signer.get().publicPEM), policy: Tokens.policy)
    let token = Array(try Tokens.token(header: ["kid": #""ins_2other""#]).utf8)
    #expect(throws: Never.self) { try verifier.verify(token, at: Tokens.now) }
  }

  @Test func whatIsNoPublicKeyIsRefused() throws {
    let signer = try Tokens.signer.get()
    let pem = signer.publicPEM
    let rows: [(String, String, KeyError)] = [
      ("nothing", "", .notAPublicKey),
      ("a word", "key", .notAPublicKey),
      ("base64 of something else", "AAAA", .notAPublicKey),
      ("a private key", signer.pem, .holdsASecret),
      ("two keys", pem + pem, .severalKeys),
      ("a certificate's label", pem.replacing("PUBLIC KEY", with: "CERTIFICATE"), .notAPublicKey),
      ("no end", String(pem.prefix(200)), .notAPublicKey),
      ("a byte behind the key", PEM.encode(try der(pem) + [0], label: "PUBLIC KEY"), .notAPublicKey),
      ("a byte less", PEM.encode(try der(pem).dropLast(), label: "PUBLIC KEY"), .notAPublicKey),
      ("an EC key", Self.curve, .notRSA),
    ]
    for (name, text, error) in rows {
      #expect(throws: error, "\(name)") { try KeySet(pem: text) }
    }
  }

  private func der(_ pem: String) throws -> [UInt8] { try PEM.decode(pem, label: "PUBLIC KEY") }

  /// The generator of P-256 as a public key: SubjectPublicKeyInfo of RFC 5480.
  private static let curve: String = {
    let head: [UInt8] = [
      0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
      0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]
    let x: [UInt64] = [0x6B17_D1F2_E12C_4247, 0xF8BC_E6E5_63A4_40F2, 0x7703_7D81_2DEB_33A0, 0xF4A1_3945_D898_C296]
    let y: [UInt64] = [0x4FE3_42E2_FE1A_7F9B, 0x8EE7_EB4A_7C0F_9E16, 0x2BCE_3357_6B31_5ECE, 0xCBB6_4068_37BF_51F5]
    let point = (x + y).flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
    return PEM.encode(head + point, label: "PUBLIC KEY")
  }()

  @Test func weakKeysAreRefused() throws {
    let modulus = [0xC1] + [UInt8](repeating: 0xA5, count: 255)
    let f4: [UInt8] = [1, 0, 1]
    #expect(throws: KeyError.modulusBits(1_024)) {
      try KeySet(pem: Signer(bits: 1_024, exponent: 65_537).publicPEM)
    }
    #expect(throws: KeyError.weakExponent) { try KeySet(pem: Signer(bits: 2_048, exponent: 3).publicPEM) }
    let rows: [(String, [UInt8], [UInt8], KeyError)] = [
      ("2,047 bits", [0x41] + modulus.dropFirst(), f4, .modulusBits(2_047)),
      ("2,047 bits behind zeros", [0, 0, 0x41] + modulus.dropFirst(), f4, .modulusBits(2_047)),
      ("8,193 bits", [1] + [UInt8](repeating: 0xA5, count: 1_024), f4, .modulusBits(8_200)),
      ("an even modulus", modulus.dropLast() + [0xA4], f4, .evenModulus),
      ("exponent 1", modulus, [1], .weakExponent),
      ("exponent 65,535", modulus, [0xFF, 0xFF], .weakExponent),
      ("exponent 65,536", modulus, [1, 0, 0], .weakExponent),
      ("exponent 65,538", modulus, [1, 0, 2], .weakExponent),
      ("no modulus", [], f4, .modulusBits(0)),
    ]
    for (name, modulus, exponent, error) in rows {
      let key = KeySet.jwk(id: "k", modulus: Base64.encodeURL(modulus), exponent: Base64.encodeURL(exponent))
      #expect(throws: error, "\(name)") { try KeySet(jwks: Array(Tokens.jwks(key).utf8)) }
    }
    for (modulus, exponent) in [(modulus, f4), ([0] + modulus, f4), (modulus, [1, 0, 0, 1])] {
      #expect(throws: Never.self) { try PublicKey(modulus: modulus, exponent: exponent) }
    }
  }

  @Test func keySetsAreReadStrictly() throws {
    let key = try Tokens.signer.get().jwk(id: "a")
    let other = try Tokens.stranger.get().jwk(id: "b")
    func with(_ member: String) -> String { key.dropLast() + ",\(member)}" }
    func without(_ member: String) -> String { key.replacing(member, with: "") }
    let curve = #"{"kty":"EC","crv":"P-256","kid":"c","x":"AA","y":"AA"}"#
    let rows: [(String, String, Result<Int, KeyError>)] = [
      ("one key", Tokens.jwks(key), .success(1)),
      ("two keys", Tokens.jwks(key, other), .success(2)),
      ("no keys", Tokens.jwks(), .failure(.noUsableKey)),
      ("a key of another kind", Tokens.jwks(key, curve), .success(1)),
      ("only a key of another kind", Tokens.jwks(curve), .failure(.noUsableKey)),
      ("a key without use", Tokens.jwks(without(#""use":"sig","#)), .success(1)),
      ("a key without alg", Tokens.jwks(without(#""alg":"RS256","#)), .success(1)),
      ("a key for encryption", Tokens.jwks(key.replacing("sig", with: "enc")), .failure(.noUsableKey)),
      ("a key for PS256", Tokens.jwks(key.replacing("RS256", with: "PS256")), .failure(.noUsableKey)),
      ("a key for RS512", Tokens.jwks(key.replacing("RS256", with: "RS512")), .failure(.noUsableKey)),
      ("key_ops with verify", Tokens.jwks(with(#""key_ops":["verify"]"#)), .success(1)),
      ("key_ops without verify", Tokens.jwks(with(#""key_ops":["encrypt"]"#)), .failure(.noUsableKey)),
      ("key_ops that is no list", Tokens.jwks(with(#""key_ops":"verify""#)), .failure(.noUsableKey)),
      ("a symmetric key", Tokens.jwks(key, #"{"kty":"oct","kid":"s","k":"AAAA"}"#), .failure(.holdsASecret)),
      ("a private member", Tokens.jwks(with(#""d":"AAAA""#)), .failure(.holdsASecret)),
      ("a kid twice", Tokens.jwks(key, key), .failure(.duplicateKeyID("a"))),
      ("no kid", Tokens.jwks(without(#""kid":"a","#)), .failure(.invalidKeyID)),
      ("an empty kid", Tokens.jwks(key.replacing(#""kid":"a""#, with: #""kid":"""#)), .failure(.invalidKeyID)),
      ("no kty", Tokens.jwks(without(#""kty":"RSA","#)), .failure(.notAKeySet)),
      ("a member twice", Tokens.jwks(with(#""kid":"b""#)), .failure(.notAKeySet)),
      ("a bare key", key, .failure(.notAKeySet)),
      ("a list", "[\(key)]", .failure(.notAKeySet)),
      ("keys that is an object", #"{"keys":{}}"#, .failure(.notAKeySet)),
      ("a page of HTML", "<html></html>", .failure(.notAKeySet)),
      (
        "65 keys", #"{"keys":["# + [String](repeating: curve, count: 65).joined(separator: ",") + "]}",
        .failure(.notAKeySet)
      ),
      ("too long", Tokens.jwks(key) + String(repeating: " ", count: 262_144), .failure(.notAKeySet)),
      ("padding in n", Tokens.jwks(key.replacing(#"","e""#, with: #"=","e""#)), .failure(.notRSA)),
    ]
    for (name, text, expected) in rows {
      let result = Result { () throws(KeyError) in try KeySet(jwks: Array(text.utf8)).entries.count }
      #expect(result == expected, "\(name)")
    }
  }

  @Test func aKeyOfOneIssuerVerifiesNoTokenOfAnother() throws {
    let other = "https://clerk.other.example"
    let keys = KeySet(joining: [
      try KeySet(pem: Tokens.stranger.get().publicPEM, issuer: other),
      try KeySet(jwks: Array(Tokens.jwks(Tokens.signer.get().jwk(id: Tokens.keyID)).utf8), issuer: Tokens.issuer),
    ])
    let verifier = Verifier(keys: keys, policy: Policy(issuers: [Tokens.issuer, other]))
    let iss = ["iss": "\"\(other)\""]
    let rows: [(String, Refusal.Reason?)] = [
      (try Tokens.token(), nil),
      (try Tokens.token(claims: iss), .invalidIssuer),
      (try Tokens.token(claims: iss, by: Tokens.stranger), nil),
      (try Tokens.token(by: Tokens.stranger), .invalidIssuer),
    ]
    for (token, reason) in rows {
      let result = Result { () throws(Refusal) in try verifier.verify(Array(token.utf8), at: Tokens.now) }
      var refusal: Refusal.Reason?
      if case .failure(let error) = result { refusal = error.reason }
      #expect(refusal == reason)
    }
  }

  /// It is read without libcrypto's decoder.
  @Test func theUsualFormOfAKeyIsReadAsAnyOther() throws {
    let der = try PEM.decode(Tokens.signer.get().publicPEM, label: "PUBLIC KEY")
    let modulus = try #require(UsualKeyInfo.modulus(in: der))
    let key = try PublicKey(modulus: modulus, exponent: UsualKeyInfo.exponent)
    #expect(try key.pem == PublicKey(der: der).pem)
    let start = der.count - modulus.count - 5
    for index in Array(0...start) + Array(start + modulus.count..<der.count) {
      var other = der
      other[index] ^= 0x80
      #expect(UsualKeyInfo.modulus(in: other) == nil, "byte \(index)")
    }
    #expect(UsualKeyInfo.modulus(in: der + [0]) == nil && UsualKeyInfo.modulus(in: der.dropLast()) == nil)
  }

  @Test func aPrivateKeySurvivesItsFile() throws {
    let signer = try Tokens.signer.get()
    let again = try Signer(pem: signer.pem)
    #expect(again.publicPEM == signer.publicPEM && again.pem == signer.pem)
    #expect(try PublicKey(pem: signer.publicPEM).pem == signer.publicPEM)
    #expect(throws: KeyError.notAPrivateKey) { try Signer(pem: signer.publicPEM) }
    #expect(throws: KeyError.notAPrivateKey) { try Signer(pem: "AAAA") }
  }
}
