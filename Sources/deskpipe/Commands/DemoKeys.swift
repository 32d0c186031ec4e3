import Glibc
import Postgres
import Token

/// The keys of the demo: made at its first start, kept beside its data, trusted nowhere else.
struct DemoKeys {
  static let issuer = "https://demo.deskpipe.invalid"
  /// The demo's tokens live long, since nobody is there to renew them.
  static let lifetime = 30 * 86_400

  private let signer: Signer
  private let sealing: String

  init(home: String) throws {
    signer = try Signer(pem: Self.kept("\(home)/demo-key.pem") { try Signer.generate().pem })
    sealing = try Self.kept("\(home)/demo-secret") { "demo:" + Base64.encode(Random.bytes(count: 32)) }
  }

  func verifier() throws -> Verifier {
    var policy = Policy(issuers: [Self.issuer])
    policy.maximumAge = Self.lifetime + 60
    return Verifier(keys: try KeySet(pem: signer.publicPEM), policy: policy)
  }

  func sealer() throws -> Sealer { try Sealer(keys: [sealing.trimmingSpaces()]) }

  /// A token of one of the demo's people.
  func token(
    subject: String = DemoDesk.admin, role: String = "org:admin", organization: String = DemoDesk.organization,
    lifetime: Int = lifetime, version: Int = 2
  ) throws -> String {
    let now = Clock.milliseconds / 1000
    let organizationClaims =
      version == 2
      ? "\"v\":2,\"o\":{\"id\":\"\(organization)\",\"rol\":\"\(role.hasPrefix("org:") ? String(role.dropFirst(4)) : role)\"}"
      : "\"org_id\":\"\(organization)\",\"org_role\":\"\(role)\""
    return try signer.token(
      header: "{\"alg\":\"RS256\",\"kid\":\"demo\",\"typ\":\"JWT\"}",
      claims: "{\"iss\":\"\(Self.issuer)\",\"sub\":\"\(subject)\",\"sid\":\"sess_demo\",\(organizationClaims),"
        + "\"iat\":\(now - 1),\"nbf\":\(now - 1),\"exp\":\(now + lifetime)}")
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
