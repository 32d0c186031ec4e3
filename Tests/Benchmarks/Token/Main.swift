import Glibc
import Token

/// Tokens verified a second on one core beside bare RSA-2048 verifications of libcrypto, which are what
/// `openssl speed rsa2048` counts, and the cost of a remembered token.
///
/// The two take turns of 50 ms, so that whatever else the machine does weighs on both.
@main enum Main {
  static func main() throws {
    let now = 1_800_000_000
    let issuer = "https://clerk.desk.example"
    let signer = try Signer.generate()
    let keys = try KeySet(jwks: Array(#"{"keys":[\#(signer.jwk(id: "ins_2desk"))]}"#.utf8))
    let verifier = Verifier(keys: keys, policy: Policy(issuers: [issuer]))
    let token = Array(try signer.token(header: header, claims: payload(issuer, now)).utf8)
    let bare = BareVerification()
    var cache = TokenCache<Claims>(capacity: 10_000)
    let claims = try verifier.verify(token, at: now)
    cache.remember(claims, for: TokenDigest(of: token), during: claims.validity(skew: verifier.policy.skew), at: now)

    var turns = (bare: Turns(), verified: Turns(), remembered: Turns())
    for _ in 0..<60 {
      turns.bare.take { bare.verify() }
      try turns.verified.take { _ = try verifier.verify(token, at: now) }
      turns.remembered.take { precondition(cache.value(for: TokenDigest(of: token), at: now) != nil) }
    }
    let ratio = Int((100 * turns.verified.rate / turns.bare.rate).rounded())
    say("bare RSA-2048 verifications: \(Int(turns.bare.rate)) a second\n")
    say("verified tokens of \(token.count) bytes: \(Int(turns.verified.rate)) a second, \(ratio) % of these\n")
    say("a remembered token: \(Int(1e9 / turns.remembered.rate)) ns\n")
  }

  private static let header = #"{"alg":"RS256","cat":"cl_B7d4PD111AAA","kid":"ins_2desk","typ":"JWT"}"#

  /// As long as Clerk's are.
  private static func payload(_ issuer: String, _ now: Int) -> String {
    #"{"azp":"https://desk.example","exp":\#(now + 30),"fva":[12,-1],"iat":\#(now - 30),"iss":"\#(issuer)","#
      + #""jti":"7f2a90c1d3b54e6f8a12","nbf":\#(now - 40),"o":{"fpm":"3,1","id":"org_2acmeacmeacmeacmeacmeacme1","#
      + #""per":"read,manage","rol":"admin","slg":"acme"},"pla":"o:pro","sid":"sess_2oneoneoneoneoneoneoneone1","#
      + #""sub":"user_2annannannannannannannanna1","v":2}"#
  }

  private static func say(_ text: String) { _ = unsafe write(1, text, text.utf8.count) }
}

/// How often something was done in how much of this thread's CPU time.
struct Turns {
  private var count = 0
  private var time = 0.0

  var rate: Double { Double(count) / time }

  mutating func take(_ body: () throws -> Void) rethrows {
    let start = Self.seconds()
    var now = start
    repeat {
      for _ in 0..<100 { try body() }
      count += 100
      now = Self.seconds()
    } while now - start < 0.05
    time += now - start
  }

  private static func seconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
