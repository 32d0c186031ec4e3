import Token

extension Row {
  private static let clients = ["client_2editor", "client_2bot"]
  private static let policy = Policy(issuers: [Tokens.issuer], authorizedParties: ["x"], oauthClients: clients)

  /// An access token with some members changed.
  private static func access(
    _ name: String, _ reason: Refusal.Reason?, _ claims: [String: String?] = [:], header: [String: String?] = [:],
    policy: Policy = policy, now: Int = Tokens.now
  ) -> Row {
    Row("an access token: " + name, reason, policy: policy, now: now) {
      Array(try Tokens.accessToken(header: header, claims: claims).utf8)
    }
  }

  private static let now = Tokens.now
  private static let audiences = Policy(issuers: [Tokens.issuer], audiences: ["desk"], oauthClients: clients)
  private static let withClients = Policy(issuers: [Tokens.issuer], oauthClients: clients)
  private static let shortLived = Policy(issuers: [Tokens.issuer], oauthClients: clients, maximumOAuthAge: 600)

  /// The second profile: OAuth access tokens.
  static let accessTokens: [Row] = [
    access("where no client is configured", .typeMismatch, policy: Tokens.policy),
    access("of a listed client", nil),
    access("of another listed client", nil, ["client_id": #""client_2bot""#]),
    access("typ application/at+jwt", nil, header: ["typ": #""application/at+jwt""#]),
    access("typ AT+JWT", .invalid, header: ["typ": #""AT+JWT""#]),
    access("typ JWT", .typeMismatch, header: ["typ": #""JWT""#]),
    access("no typ", .typeMismatch, header: ["typ": nil]),
    access("alg PS256", .invalidAlgorithm, header: ["alg": #""PS256""#]),
    access("no kid", .keyMismatch, header: ["kid": nil]),
    access("crit", .criticalHeader, header: ["crit": "[]"]),
    access("a session's category", .typeMismatch, header: ["cat": #""cl_B7d4PD111AAA""#]),
    access("a template's category", .typeMismatch, header: ["cat": #""cl_B7d4PD222AAA""#]),
    access("a machine's category", .typeMismatch, header: ["cat": #""cl_B7d4PD333AAA""#]),
    access("the category to ignore", nil, header: ["cat": #""cl_I7d4PD111III""#]),
    access("a category that nobody knows yet", nil, header: ["cat": #""cl_B7d4PD444AAA""#]),
    access("a category that is null", .typeMismatch, header: ["cat": "null"]),
    access("of a client that is not listed", .invalidClient, ["client_id": #""client_2other""#]),
    access("of a client with another case", .invalidClient, ["client_id": #""CLIENT_2EDITOR""#]),
    access("no client", .invalidClient, ["client_id": nil]),
    access("a client that is null", .invalidClient, ["client_id": "null"]),
    access(
      "a client under a name that begins alike", .invalidClient, ["client_id": nil, "client_ix": #""client_2bot""#]),
    access("a name that begins alike beside the client", nil, ["client_if": #""client_2other""#]),
    access("clients in a list", .invalidClient, ["client_id": #"["client_2editor"]"#]),
    access("a listed azp in place of the client", .invalidClient, ["client_id": nil, "azp": #""client_2editor""#]),
    access("an azp that is not listed", nil, ["azp": #""y""#]),
    access("no jti", .typeMismatch, ["jti": nil]),
    access("the jti of a machine's token", .typeMismatch, ["jti": #""mt_2x""#]),
    access("jti is the prefix alone", .typeMismatch, ["jti": #""oat_""#]),
    access("a machine's sub", .typeMismatch, ["sub": #""mch_2x""#]),
    access("a client's sub", .typeMismatch, ["sub": #""client_2editor""#]),
    access("no sub", .verificationFailed, ["sub": nil]),
    access("another issuer", .invalidIssuer, ["iss": #""https://clerk.other.example""#]),
    access("no organization", .noOrganization, ["org_id": nil]),
    access("o in place of org_id", .noOrganization, ["org_id": nil, "o": #"{"id":"org_2acme","rol":"admin"}"#]),
    access("v 2 and o beside org_id", nil, ["v": "2", "o": #"{"id":"org_2other","rol":"admin"}"#]),
    access("org_id is null", .verificationFailed, ["org_id": "null"]),
    access("org_id of another kind", .verificationFailed, ["org_id": #""user_2ann""#]),
    access("a role that nobody asks for", nil, ["org_role": #""org:admin""#]),
    access("an actor", nil, ["act": #"{"sub":"client_2agent"}"#]),
    access("an actor that is null", .verificationFailed, ["act": "null"]),
    access("an aud, none configured", nil, ["aud": #""https://else.example""#]),
    access("no aud, one configured", .verificationFailed, policy: audiences),
    access("the right aud", nil, ["aud": #"["desk"]"#], policy: audiences),
    access("an age of a day", nil, ["iat": "\(now)", "exp": "\(now + 86_400)"]),
    access("an age of a day and a second", .lifetimeTooLong, ["iat": "\(now)", "exp": "\(now + 86_401)"]),
    access("the age that is configured", nil, ["iat": "\(now)", "exp": "\(now + 600)"], policy: shortLived),
    access("an age above it", .lifetimeTooLong, ["iat": "\(now)", "exp": "\(now + 601)"], policy: shortLived),
    access("in the last second of the skew", nil, now: now + 43_204),
    access("at the end of the skew", .expired, now: now + 43_205),
    access("nbf beyond the skew", .notActiveYet, ["nbf": "\(now + 6)"]),
    access("no iat", .verificationFailed, ["iat": nil]),
    claims(
      "a session token where clients are configured", nil, [:],
      policy: withClients),
    claims("a session token keeps its own age", .lifetimeTooLong, ["exp": "\(now + 3_600)"], policy: withClients),
  ]
}
