import Glibc
import JSON
import Postgres
import Token

/// The keys of the demo: made at its first start, kept beside its data, trusted nowhere else.
struct DemoKeys {
  static let issuer = "https://demo.deskpipe.invalid"
  /// As long as Clerk's own; the demo makes itself a new one when it needs one.
  static let lifetime = 60
  /// A hundred years; the desk itself accepts an hour.
  static let longestLifetime = 3_155_760_000
  static let keyID = "demo"

  private let signer: Signer
  private let sealing: String

  init(_ cluster: Cluster) throws {
    // A token may be minted before there is a demo.
    try cluster.makeHome()
    let home = cluster.homePath
    signer = try Signer(pem: Self.kept("\(home)/demo-key.pem") { try Signer.generate().pem })
    sealing = try Self.kept("\(home)/demo-secret") { "demo:" + Base64.encode(Random.bytes(count: 32)) }
  }

  /// - Parameter clients: the OAuth clients whose access tokens are accepted.
  func verifier(clients: [String]) throws -> Verifier {
    let policy = Policy(issuers: [Self.issuer], oauthClients: clients)
    return Verifier(keys: try KeySet(pem: signer.publicPEM), policy: policy)
  }

  func sealer() throws -> Sealer { try Sealer(keys: [sealing.trimmingSpaces()]) }

  /// What a token is to say.
  struct Wanted {
    var subject = DemoDesk.admin
    var role = "admin"
    var organization = DemoDesk.organization
    /// Seconds until it expires.
    var lifetime = DemoKeys.lifetime
    /// The version of Clerk's claims.
    var version = 2
    var keyID = DemoKeys.keyID
    /// Makes it an access token of this OAuth client.
    var client: String?
  }

  /// A token of one of the demo's people.
  func token(_ wanted: Wanted = Wanted()) throws -> String {
    let now = Clock.milliseconds / 1000
    let issued = now + min(0, wanted.lifetime) - 1
    let type = wanted.client == nil ? "JWT" : "at+jwt"
    return try signer.token(
      header: "{\"alg\":\"RS256\",\"kid\":\(Line.quoted(wanted.keyID)),\"typ\":\"\(type)\"}",
      claims: "{\"iss\":\"\(Self.issuer)\",\"sub\":\(Line.quoted(wanted.subject)),\(Self.claims(wanted)),"
        + "\"iat\":\(issued),\"nbf\":\(issued),\"exp\":\(now + wanted.lifetime)}")
  }

  /// The claims in which the kinds of tokens differ.
  private static func claims(_ wanted: Wanted) -> String {
    let id = Line.quoted(wanted.organization)
    if let client = wanted.client {
      return "\"jti\":\"oat_demo\",\"client_id\":\(Line.quoted(client)),\"org_id\":\(id)"
    }
    guard wanted.version == 2 else {
      return "\"sid\":\"sess_demo\",\"org_id\":\(id),\"org_role\":\(Line.quoted("org:" + wanted.role))"
    }
    let role = Line.quoted(wanted.role)
    return "\"sid\":\"sess_demo\",\"v\":2,"
      + "\"o\":{\"id\":\(id),\"slg\":\"\(DemoDesk.organizationSlug)\",\"rol\":\(role)}"
  }

  /// What a file holds; where it is missing, makes it first. Two that make it at once end with the same.
  private static func kept(_ path: String, _ make: () throws -> String) throws -> String {
    if let bytes = readFile(path) { return String(decoding: bytes, as: UTF8.self) }
    let temporary = "\(path).\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Complaint("cannot write \(temporary): \(errorText())") }
    writeAll(try make(), to: descriptor)
    close(descriptor)
    // link(2) fails where another was first; its key is the one.
    _ = unsafe link(temporary, path)
    _ = unsafe unlink(temporary)
    guard let bytes = readFile(path) else { throw Complaint("cannot read \(path): \(errorText())") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
