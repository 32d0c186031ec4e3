import Token

extension Row {
  /// Size, parts and base64url: what is checked before anything is parsed.
  static let encoding: [Row] = [
    Row("nothing", .invalid) { [] },
    Row("no dot", .invalid) { Array("abcd".utf8) },
    Row("one dot", .invalid) { Array("e30.e30".utf8) },
    Row("three dots", .invalid) { try Array(Tokens.token().utf8) + [0x2E] },
    Row("only dots", .invalid) { Array("..".utf8) },
    Row("five parts", .invalid) { Array("e30.e30.e30.e30.e30".utf8) },
    Row("a token of 16,384 bytes passes the size", .invalid) { [UInt8](repeating: 0x41, count: 16_384) },
    Row("a token of 16,385 bytes", .tooLarge) { [UInt8](repeating: 0x41, count: 16_385) },
    Row("a leading space", .invalid) { try [0x20] + Array(Tokens.token().utf8) },
    Row("a trailing line end", .invalid) { try Array(Tokens.token().utf8) + [0x0A] },
    Row("a Bearer prefix", .invalid) { try Array("Bearer \(Tokens.token())".utf8) },
    Row("padding behind the signature", .invalid) { try Array("\(Tokens.token())==".utf8) },
    Row("padding in the header", .invalid) { Array("e30=.e30.AAAA".utf8) },
    Row("a plus of ordinary base64", .invalid) { Array("e3+0.e30.AAAA".utf8) },
    Row("a slash of ordinary base64", .invalid) { Array("e3/0.e30.AAAA".utf8) },
    Row("a part of 4k+1 characters", .invalid) { Array("e30.e30.AAAAA".utf8) },
    Row("unused bits that are not zero, of two", .invalid) { Array("e31.e30.AAAA".utf8) },
    Row("unused bits that are not zero, of four", .invalid) { Array("e30.e30.AB".utf8) },
    Row("a NUL inside", .invalid) { Array("e30.e3\0.AAAA".utf8) },
    Row("a byte above 127", .invalid) { Array("e30.e30.AAA".utf8) + [0xC3] },
    Row("an empty header", .invalid) { Array(".e30.AAAA".utf8) },
  ]

  /// The header's JSON.
  static let headerText: [Row] = [
    texts("a header that is an array", .invalid, header: Array(#"[{"alg":"RS256"}]"#.utf8)),
    texts("a header that is null", .invalid, header: Array("null".utf8)),
    texts("a header that is a string", .invalid, header: Array(#""RS256""#.utf8)),
    texts("a header cut short", .invalid, header: Array(#"{"alg":"RS256""#.utf8)),
    texts("a header with something behind it", .invalid, header: Array(#"{"alg":"RS256"}{}"#.utf8)),
    texts("a header with a trailing comma", .invalid, header: Array(#"{"alg":"RS256",}"#.utf8)),
    texts("a header with a byte order mark", .invalid, header: [0xEF, 0xBB, 0xBF] + text()),
    texts("a header in UTF-16", .invalid, header: text().flatMap { [$0, 0] }),
    texts("a header that is not UTF-8", .invalid, header: text(#","x":""#).dropLast(1) + [0xFF, 0x22, 0x7D]),
    texts("a member twice", .invalid, header: text(#","kid":"\#(Tokens.keyID)""#)),
    texts("a member twice, once escaped", .invalid, header: text(#","\u006bid":"\#(Tokens.keyID)""#)),
    texts("a member twice, deep inside", .invalid, header: text(#","x":{"y":[{"z":1,"z":2}]}"#)),
    texts("nesting of 16", nil, header: text(#","x":"# + nested(15))),
    texts("nesting of 17", .invalid, header: text(#","x":"# + nested(16))),
    texts("nesting of 4,000", .invalid, header: text(#","x":"# + nested(4_000))),
    texts("white space in the header", nil, header: [0x20] + text() + [0x0A]),
  ]

  private static func text(_ more: String = "") -> [UInt8] {
    Array((Tokens.object(Tokens.header).dropLast() + more + "}").utf8)
  }

  static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  /// The header's members.
  static let header: [Row] =
    ["none", "None", "NONE", "HS256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "RS256 ", ""].map {
      header("alg \($0)", .invalidAlgorithm, ["alg": "\"\($0)\""])
    } + [
      header("no alg", .invalidAlgorithm, ["alg": nil]),
      header("alg null", .invalidAlgorithm, ["alg": "null"]),
      header("alg in a list", .invalidAlgorithm, ["alg": #"["RS256"]"#]),
      header("no typ", nil, ["typ": nil]),
      header("typ jwt", .invalid, ["typ": #""jwt""#]),
      header("typ null", .invalid, ["typ": "null"]),
      header("typ at+jwt", .typeMismatch, ["typ": #""at+jwt""#]),
      header("typ application/at+jwt", .typeMismatch, ["typ": #""application/at+jwt""#]),
      header("no kid", .keyMismatch, ["kid": nil]),
      header("an unknown kid", .keyMismatch, ["kid": #""ins_2other""#]),
      header("a kid with another case", .keyMismatch, ["kid": #""INS_2DESK""#]),
      header("an empty kid", .invalid, ["kid": #""""#]),
      header("a kid that is a number", .invalid, ["kid": "1"]),
      header("a kid that is null", .invalid, ["kid": "null"]),
      header("a kid of 128 bytes", .keyMismatch, ["kid": "\"" + String(repeating: "k", count: 128) + "\""]),
      header("a kid of 129 bytes", .invalid, ["kid": "\"" + String(repeating: "k", count: 129) + "\""]),
      header("a kid with a space", .invalid, ["kid": #""ins 2""#]),
      header("a kid with a NUL", .invalid, ["kid": #""\#(Tokens.keyID)\u0000""#]),
      header("a kid beyond ASCII", .invalid, ["kid": #""inső""#]),
      header("crit", .criticalHeader, ["crit": #"["exp"]"#]),
      header("an empty crit", .criticalHeader, ["crit": "[]"]),
      header("b64 false", .criticalHeader, ["b64": "false"]),
      header("b64 true", .criticalHeader, ["b64": "true"]),
      header("jku", .keyInHeader, ["jku": #""https://keys.example""#]),
      header("x5u", .keyInHeader, ["x5u": #""https://keys.example""#]),
      header("x5c", .keyInHeader, ["x5c": "[]"]),
      header("jwk", .keyInHeader, ["jwk": "{}"]),
      header("jwk null", .keyInHeader, ["jwk": "null"]),
      header("a session's category", nil, ["cat": #""cl_B7d4PD111AAA""#]),
      header("the category to ignore", nil, ["cat": #""cl_I7d4PD111III""#]),
      header("a template's category", .typeMismatch, ["cat": #""cl_B7d4PD222AAA""#]),
      header("a machine's category", .typeMismatch, ["cat": #""cl_B7d4PD333AAA""#]),
      header("an unknown category", .typeMismatch, ["cat": #""cl_x""#]),
      header("a category that is null", .typeMismatch, ["cat": "null"]),
      header("unknown members", nil, ["oiat": "1", "x5t": #""a""#, "cty": #""JWT""#]),
    ]
}
