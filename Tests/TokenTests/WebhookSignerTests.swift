import Testing

@testable import Token

@Suite struct WebhookSignerTests {
  /// The example of Standard Webhooks' libraries.
  @Test func signsAsThePublishedExample() throws {
    let signer = try #require(WebhookSigner(secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]))
    let signature = signer.signature(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test func signsWithEverySecretThatItKnows() throws {
    let secrets = (1...3).map { "whsec_" + Base64.encode([UInt8](repeating: $0, count: 32)) }
    let signature = try #require(WebhookSigner(secrets: secrets)).signature(id: "1-a-2-3", timestamp: 7, body: [])
    #expect(signature.split(separator: " ").count == 3)
    for secret in secrets {
      let verifier = try #require(SvixSignature(secrets: [secret]))
      let headers = ["webhook-id": "1-a-2-3", "webhook-timestamp": "7", "webhook-signature": signature]
      #expect(try verifier.verify(headers, body: [], at: 7) == "1-a-2-3")
    }
  }

  @Test(arguments: [
    [], [""], ["whsec_"], ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS"],
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_x"],
    ["whsec_" + Base64.encode([UInt8](repeating: 1, count: 23))],
    ["whsec_" + Base64.encode([UInt8](repeating: 1, count: 65))],
  ])
  func takesNothingElseForASecret(_ secrets: [String]) { #expect(WebhookSigner(secrets: secrets) == nil) }
}
