import Token

extension Row {
  private static let now = Tokens.now

  static let clock: [Row] = [
    claims("in the last second of the skew", nil, [:], now: now + 34),
    claims("at the end of the skew", .expired, [:], now: now + 35),
    claims("long after", .expired, [:], now: now + 86_400),
    claims("without a skew, before exp", nil, [:], policy: skew(0), now: now + 29),
    claims("without a skew, at exp", .expired, [:], policy: skew(0), now: now + 30),
    claims("with a skew of 60, before its end", nil, [:], policy: skew(60), now: now + 89),
    claims("with a skew of 60, at its end", .expired, [:], policy: skew(60), now: now + 90),
    claims("nbf at the skew", nil, ["nbf": "\(now + 5)"]),
    claims("nbf beyond the skew", .notActiveYet, ["nbf": "\(now + 6)"]),
    claims("no nbf", nil, ["nbf": nil]),
    claims("iat at the skew", nil, ["iat": "\(now + 5)"]),
    claims("iat beyond the skew", .issuedInTheFuture, ["iat": "\(now + 6)", "exp": "\(now + 60)"]),
    claims("at the end of all time", .expired, [:], now: .max),
    claims("at its beginning", .notActiveYet, [:], now: .min),
    claims("expired comes before not active", .expired, ["nbf": "\(now + 90)"], now: now + 60),
  ]

  private static func skew(_ skew: Int) -> Policy { Policy(issuers: [Tokens.issuer], skew: skew) }

  static let times: [Row] = [
    claims("no exp", .verificationFailed, ["exp": nil]),
    claims("no iat", .verificationFailed, ["iat": nil]),
    claims("exp at iat", .verificationFailed, ["iat": "\(now)", "exp": "\(now)"]),
    claims("exp before iat", .verificationFailed, ["iat": "\(now)", "exp": "\(now - 1)"]),
    claims("exp a second after iat", nil, ["iat": "\(now)", "exp": "\(now + 1)"]),
    claims("an age of an hour", nil, ["iat": "\(now)", "exp": "\(now + 3_600)"]),
    claims("an age of an hour and a second", .lifetimeTooLong, ["iat": "\(now)", "exp": "\(now + 3_601)"]),
    claims("exp of 2^53 - 1", .lifetimeTooLong, ["exp": "9007199254740991"]),
    claims("exp of 2^53", .verificationFailed, ["exp": "9007199254740992"]),
    claims("exp of 2^63 - 1", .verificationFailed, ["exp": "9223372036854775807"]),
    claims("exp of 2^64", .verificationFailed, ["exp": "18446744073709551616"]),
    claims("exp of 1e300", .verificationFailed, ["exp": "1e300"]),
    claims("exp of -1e300", .verificationFailed, ["exp": "-1e300"]),
    claims("exp of 1e400", .verificationFailed, ["exp": "1e400"]),
    claims("exp with a fraction", .verificationFailed, ["exp": "\(now + 30).0"]),
    claims("exp with an exponent", .verificationFailed, ["exp": "18e8"]),
    claims("exp as a string", .verificationFailed, ["exp": "\"\(now + 30)\""]),
    claims("exp true", .verificationFailed, ["exp": "true"]),
    claims("exp null", .verificationFailed, ["exp": "null"]),
    claims("exp below zero", .verificationFailed, ["exp": "-1"]),
    claims("iat below zero", .verificationFailed, ["iat": "-1"]),
    claims("iat of 0", .lifetimeTooLong, ["iat": "0"]),
    claims("iat as a string", .verificationFailed, ["iat": "\"\(now)\""]),
    claims("iat with a fraction", .verificationFailed, ["iat": "\(now).5"]),
    claims("nbf null", .verificationFailed, ["nbf": "null"]),
    claims("nbf as a string", .verificationFailed, ["nbf": "\"1\""]),
    claims("nbf of 2^53", .verificationFailed, ["nbf": "9007199254740992"]),
  ]

  static let organizations: [Row] = [
    claims("v 1", .unknownVersion, ["v": "1"]),
    claims("v 3", .unknownVersion, ["v": "3"]),
    claims("v 2.0", .unknownVersion, ["v": "2.0"]),
    claims("v as a string", .unknownVersion, ["v": #""2""#]),
    claims("v null", .unknownVersion, ["v": "null"]),
    claims("version 2 without o", .noOrganization, ["o": nil]),
    claims("version 2 with org_id alone", .noOrganization, ["o": nil, "org_id": #""org_2acme""#]),
    claims("version 2 with o and org_id", nil, ["org_id": #""org_2other""#, "org_role": #""org:admin""#]),
    claims("o is null", .noOrganization, ["o": "null"]),
    claims("o without id", .noOrganization, ["o": #"{"rol":"admin"}"#]),
    claims("o without a role", .verificationFailed, ["o": #"{"id":"org_2acme"}"#]),
    claims("o with an id of another kind", .verificationFailed, ["o": #"{"id":"user_2x","rol":"admin"}"#]),
    claims("o with an id that is null", .verificationFailed, ["o": #"{"id":null,"rol":"admin"}"#]),
    claims("o with a role that is null", .verificationFailed, ["o": #"{"id":"org_2acme","rol":null}"#]),
    claims("o with a NUL in the role", .verificationFailed, ["o": #"{"id":"org_2acme","rol":"ad\u0000min"}"#]),
    claims("o with a slug that is a number", .verificationFailed, ["o": #"{"id":"org_2a","rol":"admin","slg":1}"#]),
    claims("o without a slug", nil, ["o": #"{"id":"org_2a","rol":"member"}"#]),
    version1("version 1", nil, [:]),
    version1("version 1 without an organization", .noOrganization, ["org_id": nil]),
    version1(
      "version 1 with o alone", .noOrganization, ["org_id": nil, "o": #"{"id":"org_2a","rol":"admin"}"#]),
    version1("version 1 without a role", .verificationFailed, ["org_role": nil]),
    version1("version 1 with an id that is a number", .verificationFailed, ["org_id": "1"]),
    version1(
      "version 1 with a role of 513 bytes", .verificationFailed,
      [
        "org_role": "\"" + String(repeating: "r", count: 513) + "\""
      ]),
  ]
}
