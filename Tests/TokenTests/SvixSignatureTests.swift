import Testing

@testable import Token

@Suite struct SvixSignatureTests {
  /// The worked example of Svix's documentation.
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static let id = "msg_p5jXN8AQM9LWM0D4loKWxJek"
  private static let time = 1_614_265_330
  private static let body = #"{"test": 2432232314}"#
  private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

  private static let good = ["svix-id": id, "svix-timestamp": "\(time)", "svix-signature": signature]

  private static func outcome(
    _ changes: [String: String?] = [:], body: String = body, now: Int = time, secrets: [String] = [secret]
  ) throws -> SvixSignature.Fault? {
    var headers = good
    for (name, value) in changes { headers[name] = value }
    let verifier = try #require(SvixSignature(secrets: secrets))
    do throws(SvixSignature.Fault) {
      let id = try verifier.verify(headers, body: Array(body.utf8), at: now)
      #expect(id == headers["svix-id"] ?? headers["webhook-id"] ?? Self.id)
      return nil
    } catch { return error }
  }

  @Test func acceptsThePublishedExampleInItsVariants() throws {
    let other = "whsec_" + Base64.encode([UInt8](repeating: 9, count: 24))
    let rows: [(String, SvixSignature.Fault?)] = [
      ("as it is", try Self.outcome()),
      ("names in capitals", try Self.outcome(["svix-id": nil, "Svix-Id": Self.id])),
      ("names of Standard Webhooks", try Self.outcome(["svix-id": nil, "webhook-id": Self.id])),
      ("several signatures", try Self.outcome(["svix-signature": "v1,AAAA v1a,AAAA \(Self.signature) v2,x"])),
      ("several secrets", try Self.outcome(secrets: [other, Self.secret])),
      ("five minutes late", try Self.outcome(now: Self.time + 300)),
      ("five minutes early", try Self.outcome(now: Self.time - 300)),
    ]
    for (name, fault) in rows { #expect(fault == nil, "\(name)") }
  }

  @Test func refusesEverythingElse() throws {
    let other = "whsec_" + Base64.encode([UInt8](repeating: 9, count: 24))
    let rows: [(String, SvixSignature.Fault?, SvixSignature.Fault)] = [
      ("no id", try Self.outcome(["svix-id": nil]), .headers),
      ("an empty id", try Self.outcome(["svix-id": ""]), .headers),
      ("an id with a dot", try Self.outcome(["svix-id": "a.b"]), .headers),
      ("two ids", try Self.outcome(["Svix-Id": "msg_other"]), .headers),
      ("no timestamp", try Self.outcome(["svix-timestamp": nil]), .headers),
      ("a timestamp with a sign", try Self.outcome(["svix-timestamp": "+\(Self.time)"]), .headers),
      ("a timestamp with a fraction", try Self.outcome(["svix-timestamp": "\(Self.time).0"]), .headers),
      ("a timestamp beyond all clocks", try Self.outcome(["svix-timestamp": "99999999999999999999"]), .headers),
      ("no signature", try Self.outcome(["svix-signature": nil]), .headers),
      ("an empty signature", try Self.outcome(["svix-signature": ""]), .signature),
      ("an empty code", try Self.outcome(["svix-signature": "v1,"]), .signature),
      ("another version", try Self.outcome(["svix-signature": "v1a" + Self.signature.dropFirst(2)]), .signature),
      ("no version", try Self.outcome(["svix-signature": String(Self.signature.dropFirst(3))]), .signature),
      ("a shortened code", try Self.outcome(["svix-signature": "v1,g0hM9SsE"]), .signature),
      ("another id", try Self.outcome(["svix-id": "msg_other"]), .signature),
      ("another time", try Self.outcome(["svix-timestamp": "\(Self.time + 1)"]), .signature),
      ("another body", try Self.outcome(body: Self.body + " "), .signature),
      ("another secret", try Self.outcome(secrets: [other]), .signature),
      ("later than five minutes", try Self.outcome(now: Self.time + 301), .tooOld),
      ("earlier than five minutes", try Self.outcome(now: Self.time - 301), .tooNew),
      ("a late forgery", try Self.outcome(body: "{}", now: Self.time + 301), .signature),
    ]
    for (name, fault, expected) in rows { #expect(fault == expected, "\(name)") }
  }

  @Test(arguments: ["", "whsec_", "whsec_AAAA", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
  func aMalformedSecretMakesNoVerifier(_ secret: String) {
    #expect(SvixSignature(secrets: [Self.secret, secret]) == nil)
  }

  /// RFC 4231, test cases 2 and 6.
  @Test func agreesWithPublishedCodes() {
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    let rows: [(key: [UInt8], text: String, code: String)] = [
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for row in rows { #expect(hex(HMACSHA256.code(Array(row.text.utf8), key: row.key)) == row.code) }
    #expect(
      hex(SHA256.digest(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(SHA256.digest([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
