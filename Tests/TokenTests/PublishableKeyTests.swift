import Testing
import Token

/// Clerk's publishable key, as dashboards and environments show it.
@Suite struct PublishableKeyTests {
  @Test(
    arguments: [
      ("pk_live_", "clerk.desk.example$", "clerk.desk.example"),
      ("pk_test_", "clever-newt-12.clerk.accounts.dev$", "clever-newt-12.clerk.accounts.dev"),
      ("pk_test_", "a.b$", "a.b"),
      ("pk_test_", "clerk.desk.example", nil), ("pk_test_", "clerk.desk.example$$", nil), ("pk_test_", "$", nil),
      ("pk_test_", "", nil), ("pk_test_", "localhost$", nil), ("pk_test_", "clerk..example$", nil),
      ("pk_test_", ".example$", nil), ("pk_test_", "example.$", nil), ("pk_test_", "-a.example$", nil),
      ("pk_test_", "a-.example$", nil), ("pk_test_", "Clerk.desk.example$", nil),
      ("pk_test_", "clerk.desk.example/path$", nil), ("pk_test_", "user@desk.example$", nil),
      ("pk_test_", "clerk.desk.example:8443$", nil), ("pk_test_", "clerk.desk.example?$", nil),
      ("pk_test_", "clerk desk.example$", nil), ("pk_test_", "clerk.d\u{E9}sk.example$", nil),
      ("sk_test_", "clerk.desk.example$", nil), ("PK_test_", "clerk.desk.example$", nil), ("", "a.b$", nil),
    ] as [(String, String, String?)])
  func tellsTheHost(_ prefix: String, _ text: String, _ host: String?) {
    let encoded = prefix + Base64.encode(Array(text.utf8))
    for key in [encoded, encoded.replacing("=", with: "")] {
      let read = PublishableKey(key)
      #expect(read?.host == host)
      #expect(read?.issuer == host.map { "https://\($0)" })
      #expect(read?.keySetAddress == host.map { "https://\($0)/.well-known/jwks.json" })
    }
  }

  @Test(arguments: ["pk_test_", "pk_test_!!!!", "pk_test_YS5iJA===", "pk_test_YS5iJ", " pk_test_YS5iJA=="])
  func readsNothingElse(_ text: String) { #expect(PublishableKey(text) == nil) }
}
