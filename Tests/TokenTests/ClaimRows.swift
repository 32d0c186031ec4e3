import Token

extension Row {
  static let signature: [Row] = [
    Row("a stranger's signature", .invalidSignature) { try Array(Tokens.token(by: Tokens.stranger).utf8) },
    Row("no signature", .invalidSignature) { Array((try unsigned() + ".").utf8) },
    Row("a signature of zeros", .invalidSignature) { try tail([UInt8](repeating: 0, count: 256)) },
    Row("a signature of ones", .invalidSignature) { try tail([UInt8](repeating: 0xFF, count: 256)) },
    Row("a signature one byte short", .invalidSignature) { try tail(Array(signatureBytes().dropLast())) },
    Row("a signature one byte long", .invalidSignature) { try tail(signatureBytes() + [0]) },
    Row("a signature with a zero before", .invalidSignature) { try tail([0] + signatureBytes()) },
    Row("a signature of another token", .invalidSignature) {
      let other = try Tokens.token(claims: ["jti": #""other""#])
      return Array((try unsigned() + "." + other.split(separator: ".")[2]).utf8)
    },
    Row("the payload of another token", .invalidSignature) {
      let parts = try Tokens.token().split(separator: ".")
      let other = try Tokens.token(claims: ["sub": #""user_2root""#]).split(separator: ".")
      return Array("\(parts[0]).\(other[1]).\(parts[2])".utf8)
    },
    // An unsigned payload must not be looked at.
    Row("an expired token of a stranger", .invalidSignature) {
      try Array(Tokens.token(claims: ["exp": "1"], by: Tokens.stranger).utf8)
    },
    Row("a payload that is no JSON, of a stranger", .invalidSignature) {
      Array(try Tokens.stranger.get().token(header: Tokens.object(Tokens.header), claims: "{").utf8)
    },
  ]

  private static func unsigned() throws -> String {
    try Tokens.token().split(separator: ".").dropLast().joined(separator: ".")
  }
  private static func tail(_ signature: [UInt8]) throws -> [UInt8] {
    Array((try unsigned() + "." + Base64.encodeURL(signature)).utf8)
  }
  private static func signatureBytes() throws -> [UInt8] {
    Base64.decodeURL(String(try Tokens.token().split(separator: ".")[2]).utf8.span) ?? []
  }

  static let payload: [Row] = [
    texts("a payload that is an array", .invalid, claims: Array("[{}]".utf8)),
    texts("an empty payload", .invalid, claims: []),
    texts("a payload with a byte order mark", .invalid, claims: [0xEF, 0xBB, 0xBF] + text()),
    texts("a payload that is not UTF-8", .invalid, claims: text(#","x":""#).dropLast() + [0xC0, 0xAF, 0x22, 0x7D]),
    texts("sub twice", .invalid, claims: text(#","sub":"user_2root""#)),
    texts("sub twice, once escaped", .invalid, claims: text(#","s\u0075b":"user_2root""#)),
    texts("the organization's id twice", .invalid, claims: text(#","x":{"id":1,"id":2}"#)),
    texts("nesting of 17", .invalid, claims: text(#","x":"# + nested(16))),
    texts("NaN", .invalid, claims: text(#","x":NaN"#)),
    texts("a number that fits no double", nil, claims: text(#","x":1e400"#)),
    texts("a lone surrogate in a custom claim", nil, claims: text(#","x":"\ud800""#)),
  ]

  private static func text(_ more: String = "") -> [UInt8] {
    Array((Tokens.object(Tokens.version2).dropLast() + more + "}").utf8)
  }

  static let identity: [Row] = [
    claims("no iss", .invalidIssuer, ["iss": nil]),
    claims("iss null", .invalidIssuer, ["iss": "null"]),
    claims("iss with a slash behind", .invalidIssuer, ["iss": #""\#(Tokens.issuer)/""#]),
    claims("iss in capitals", .invalidIssuer, ["iss": #""HTTPS://clerk.desk.example""#]),
    claims("another issuer", .invalidIssuer, ["iss": #""https://clerk.other.example""#]),
    claims("no issuer configured", .invalidIssuer, [:], policy: Policy()),
    claims("no sub", .verificationFailed, ["sub": nil]),
    claims("sub is a number", .verificationFailed, ["sub": "1"]),
    claims("an empty sub", .typeMismatch, ["sub": #""""#]),
    claims("a machine's sub", .typeMismatch, ["sub": #""mch_2x""#]),
    claims("a client's sub", .typeMismatch, ["sub": #""client_2x""#]),
    claims("sub is the prefix alone", .typeMismatch, ["sub": #""user_""#]),
    claims("sub with a quote", .typeMismatch, ["sub": #""user_2\"""#]),
    claims("sub with a NUL", .typeMismatch, ["sub": #""user_2ann\u0000""#]),
    claims("sub with a lone surrogate", .typeMismatch, ["sub": #""user_2\ud800""#]),
    claims("sub of 128 bytes", nil, ["sub": "\"user_" + String(repeating: "a", count: 123) + "\""]),
    claims("sub of 129 bytes", .typeMismatch, ["sub": "\"user_" + String(repeating: "a", count: 124) + "\""]),
    claims("no sid", .typeMismatch, ["sid": nil]),
    claims("sid is null", .typeMismatch, ["sid": "null"]),
    claims("sid of another kind", .typeMismatch, ["sid": #""client_2x""#]),
    claims("sid is the prefix alone", .typeMismatch, ["sid": #""sess_""#]),
    claims("sts pending", .sessionPending, ["sts": #""pending""#]),
    claims("sts active", nil, ["sts": #""active""#]),
    claims("sts null", .verificationFailed, ["sts": "null"]),
    claims("impersonation", nil, ["act": #"{"sub":"user_2boss","iss":"https://dash.example"}"#]),
    claims("act is null", .verificationFailed, ["act": "null"]),
    claims("act without a subject", .verificationFailed, ["act": #"{"iss":"x"}"#]),
    claims("act with an issuer that is a number", .verificationFailed, ["act": #"{"sub":"user_2b","iss":1}"#]),
    claims("act with a NUL", .verificationFailed, ["act": #"{"sub":"a\u0000"}"#]),
  ]

  private static let parties = Policy(issuers: [Tokens.issuer], authorizedParties: ["https://desk.example", "b"])
  private static let kelvin = Policy(issuers: [Tokens.issuer], authorizedParties: ["K"])
  private static let requiredParty = Policy(
    issuers: [Tokens.issuer], authorizedParties: ["https://desk.example"], absentParty: .require)
  private static let audiences = Policy(issuers: [Tokens.issuer], audiences: ["desk", "pipe"])

  static let partiesAndAudiences: [Row] = [
    claims("no azp, none configured", nil, ["azp": nil]),
    claims("any azp, none configured", nil, ["azp": #""https://else.example""#]),
    claims("azp is null, none configured", .invalidAuthorizedParties, ["azp": "null"]),
    claims("an empty azp", .invalidAuthorizedParties, ["azp": #""""#]),
    claims("a listed azp", nil, ["azp": #""b""#], policy: parties),
    claims("an azp that is not listed", .invalidAuthorizedParties, ["azp": #""c""#], policy: parties),
    claims("an azp with a slash behind", .invalidAuthorizedParties, ["azp": #""b/""#], policy: parties),
    claims(
      "an azp that only Unicode takes for equal", .invalidAuthorizedParties, ["azp": #""\u212a""#], policy: kelvin),
    claims("no azp, where it is checked if present", nil, ["azp": nil], policy: parties),
    claims("no azp, where it is required", .invalidAuthorizedParties, ["azp": nil], policy: requiredParty),
    claims("a listed azp, where it is required", nil, [:], policy: requiredParty),
    claims("azp in a list", .invalidAuthorizedParties, ["azp": #"["b"]"#], policy: parties),
    claims("aud, none configured", nil, ["aud": "17"]),
    claims("no aud", .verificationFailed, [:], policy: audiences),
    claims("the right aud", nil, ["aud": #""pipe""#], policy: audiences),
    claims("another aud", .verificationFailed, ["aud": #""other""#], policy: audiences),
    claims("one of several aud", nil, ["aud": #"["other","desk"]"#], policy: audiences),
    claims("none of several aud", .verificationFailed, ["aud": #"["other","else"]"#], policy: audiences),
    claims("an empty list of aud", .verificationFailed, ["aud": "[]"], policy: audiences),
    claims("a list of aud with a number", .verificationFailed, ["aud": #"["desk",1]"#], policy: audiences),
    claims("aud is an object", .verificationFailed, ["aud": #"{"desk":1}"#], policy: audiences),
  ]
}
