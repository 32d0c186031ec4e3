import Postgres
import TestSupport
import Token

/// One cluster of the benchmark's own, with desks of several sizes in it.
///
/// It is durable as a production server is (`fsync`, `synchronous_commit`), since writes are measured too.
final class Desks {
  static let issuer = "https://clerk.bench.invalid"

  let options: Options
  let cluster: Cluster
  let signer: Signer
  let folder: String
  private var made: [Int: BenchDesk] = [:]
  private var tokens: [Int: (text: String, issued: Int)] = [:]

  init(_ options: Options) throws {
    self.options = options
    folder = try TemporaryFolder().path
    signer = try Signer.generate()
    cluster = try Cluster(
      home: folder + "/home",
      settings: [
        "max_connections = 500", "shared_buffers = 512MB", "max_wal_size = 4GB", "checkpoint_timeout = 1h",
        "autovacuum = off", "jit = off",
      ])
    try cluster.start()
  }

  func machine() throws -> Report.Machine {
    let session = try Session(cluster.endpoints(database: "postgres").superuser)
    return Report.Machine(
      cores: Processors.count, server: try session.value("show server_version") ?? "", isQuick: options.isQuick)
  }

  /// The desk that most rows use.
  func standard() throws -> BenchDesk { try desk(tickets: options.tickets) }

  /// A desk of so many tickets, made when it is first asked for.
  func desk(tickets: Int) throws -> BenchDesk {
    if let desk = made[tickets] { return desk }
    Console.note("making a desk of \(tickets) tickets")
    let desk = try BenchDesk(self, tickets: tickets)
    made[tickets] = desk
    return desk
  }

  /// What the peers verify tokens with, and deskpipe too.
  var publicKey: String { signer.publicPEM }

  /// A token of the first agent of organization 0, the giant, or of another; the same one for a quarter of an hour,
  /// so that what differs between two calls is theirs.
  func token(organization: Int = 0) throws -> String {
    let now = Clock.milliseconds / 1000
    if let token = tokens[organization], now - token.issued < 900 { return token.text }
    let token = try signer.token(
      header: #"{"alg":"RS256","kid":"bench","typ":"JWT"}"#,
      claims: """
        {"iss":"\(Self.issuer)","sub":"user_\(organization)x0","sid":"sess_bench","v":2,\
        "o":{"id":"org_\(organization)","slg":"bench","rol":"admin"},"iat":\(now - 1),"nbf":\(now - 1),"exp":\(now + 3_500)}
        """)
    tokens[organization] = (token, now)
    return token
  }
}
