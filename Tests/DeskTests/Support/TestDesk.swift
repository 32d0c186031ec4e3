import Glibc
import JSON
import Postgres
import TestSupport
import Testing
import Token

@testable import Desk

/// A desk in this process: the real engine, a real database, real tokens; only the pipes are missing.
final class TestDesk {
  /// Someone of the demo desk.
  enum Person: String {
    case admin, agent
    /// An admin of the second organization.
    case stranger

    var subject: String {
      switch self {
      case .admin: DemoDesk.admin
      case .agent: DemoDesk.agent
      case .stranger: "user_demo_stranger"
      }
    }

    var role: String { self == .agent ? "agent" : "admin" }
    var organization: String { self == .stranger ? "org_demo_tallybird" : DemoDesk.organization }
  }

  static let issuer = "https://clerk.test.example"

  let database: TestDatabase
  private let verifier: Verifier
  private let engine: Engine
  private let clock = TestClock()
  /// Makes tokens for the process's own session.
  private let ownToken: (() throws -> String)?
  private var sessions: [String: String] = [:]
  private var lastID = 0
  /// For examples, which name it `<subscription>`.
  private var lastSubscription: String?
  /// The notifications that came between answers.
  private(set) var heard: [JSONTree] = []

  init(
    _ database: TestDatabase, provision: ServiceConfiguration.Provision = .agents, pool: Pool.Limits = Pool.Limits(),
    limits: ServiceLimits = ServiceLimits(), adminRoles: [String]? = nil, oauthClients: [String] = [],
    webhookSecrets: [String] = [TestWebhook.secret], remoteKeys: RemoteKeys = RemoteKeys(),
    ownToken: (() throws -> String)? = nil
  ) throws {
    self.database = database
    self.ownToken = ownToken
    var policy = Policy(issuers: [Self.issuer])
    policy.adminRoles = adminRoles ?? policy.adminRoles
    policy.oauthClients = oauthClients
    let keys = remoteKeys.addresses.isEmpty ? try KeySet(pem: TestKey.signer.publicPEM) : KeySet()
    verifier = Verifier(keys: keys, policy: policy)
    let sealer = try Sealer(keys: ["test:" + Base64.encode(Random.bytes(count: 32))])
    var configuration = ServiceConfiguration(
      verifier: verifier, remoteKeys: remoteKeys, provision: provision,
      description: Description(
        version: "0.0.0", schemaVersion: Migrator().newest, serverVersion: "15.0", limits: limits),
      sealer: sealer)
    configuration.webhooks = SvixSignature(secrets: webhookSecrets)
    configuration.hasTokenSource = ownToken != nil
    engine = Engine(
      Service(configuration), conninfo: database.endpoints.serve, listening: database.endpoints.serve, limits: pool,
      clock: { [clock] in clock.now })
  }

  /// The demo desk in a database of its own.
  static func demo() throws -> TestDesk { try TestDesk(TestCluster.createDemoDatabase()) }

  /// A token as Clerk makes them.
  static func token(
    _ subject: String, role: String = "admin", organization: String = DemoDesk.organization, lifetime: Int = 60,
    version: Int = 2, by signer: Signer = TestKey.signer, keyID: String = "test", ahead: Int = 0
  ) throws -> String {
    let o =
      version == 2
      ? #""v":2,"o":{"id":"\#(organization)","rol":"\#(role)"}"#
      : #""org_id":"\#(organization)","org_role":"\#(role)""#
    let now = Clock.milliseconds / 1000 + ahead
    return try signer.token(
      header: #"{"alg":"RS256","typ":"JWT","kid":"\#(keyID)"}"#,
      claims: """
        {"iss":"\(issuer)","sub":"\(subject)","sid":"sess_test",\(o),\
        "iat":\(now - 1),"nbf":\(now - 1),"exp":\(now - 1 + lifetime)}
        """)
  }

  /// An access token as Clerk makes them for an OAuth client.
  static func accessToken(_ person: Person, client: String) throws -> String {
    let now = Clock.milliseconds / 1000
    return try TestKey.signer.token(
      header: #"{"alg":"RS256","typ":"at+jwt","kid":"test"}"#,
      claims: """
        {"iss":"\(issuer)","sub":"\(person.subject)","client_id":"\(client)","jti":"oat_test",\
        "org_id":"\(person.organization)","iat":\(now - 1),"nbf":\(now - 1),"exp":\(now + 86_000)}
        """)
  }

  static func token(_ person: Person) throws -> String {
    try token(person.subject, role: person.role, organization: person.organization)
  }

  /// Lets time pass without waiting for it.
  func wait(seconds: Int) { clock.offset += seconds }

  /// What comes out by itself.
  func tick() -> [String] { send() }

  /// What a token says once it is verified.
  func verifiedClaims(_ token: String) throws -> Claims {
    try verifier.verify(Array(token.utf8), at: Clock.milliseconds / 1_000)
  }

  /// Whether no connection to PostgreSQL was ever opened.
  var isUnconnected: Bool { !engine.isConnected }

  /// The handle of a person's session, opened when first asked for.
  func session(_ person: Person) throws -> String {
    if let session = sessions[person.rawValue] { return session }
    let answer = try call("session.open", "{\"token\":\"\(Self.token(person))\"}")
    guard case .result(let json) = answer, let handle = JSONTree(json)?["session"]?.string else {
      throw TestFailure("session.open: \(answer)")
    }
    sessions[person.rawValue] = handle
    return handle
  }

  enum Answer: Equatable {
    case result(String)
    case error(String)

    var json: String {
      switch self {
      case .result(let json), .error(let json): json
      }
    }

    /// `data.kind` of an error.
    var kind: String? {
      guard case .error(let json) = self else { return nil }
      return JSONTree(json)?["data"]?["kind"]?.string
    }

    var tree: JSONTree? { JSONTree(json) }
  }

  /// One call and its answer. `params` is a JSON object; the session is put into it.
  ///
  /// An error that the method's documentation does not name is an issue of the test that met it.
  func call(
    _ method: String, _ params: String = "{}", as person: Person? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Answer {
    lastID += 1
    var members = params
    for person in [Person.admin, .agent, .stranger] {
      let placeholder = "<token of \(person.rawValue)>"
      if params.contains(placeholder) { members = try members.replacing(placeholder, with: Self.token(person)) }
    }
    if let lastSubscription { members = members.replacing("<subscription>", with: lastSubscription) }
    if params.contains("<now>") { members = TestWebhook.signed(members) }
    if let person {
      let rest = members.drop { $0 != "{" }.dropFirst()
      let isEmpty = JSONTree(params)?.members?.isEmpty ?? true
      members = "{\"session\":\"\(try session(person))\"\(isEmpty ? "" : ",")" + rest
    }
    let lines = answers(send(#"{"jsonrpc":"2.0","id":\#(lastID),"method":"\#(method)","params":\#(members)}"#))
    guard lines.count == 1, let answer = JSONTree(lines[0]) else { throw TestFailure("answers: \(lines)") }
    if let error = answer["error"] {
      let kind = error["data"]?["kind"]?.string ?? ""
      let documented = Methods.byName[method].map(DiscoverErrors.all(of:)) ?? DiscoverErrors.ofRequests
      if !documented.contains(where: { $0.rawValue == kind }) {
        Issue.record("\(method) does not document \(kind): \(error.json)", sourceLocation: sourceLocation)
      }
      return .error(error.json)
    }
    lastSubscription = answer["result"]?["subscription"]?.string ?? lastSubscription
    guard let result = answer["result"] else { throw TestFailure("neither result nor error: \(lines[0])") }
    return .result(result.json)
  }

  /// Puts lines in and answers what comes out until nothing is under way.
  func send(_ lines: String...) -> [String] { send(lines, until: .max) }

  /// Puts lines in and answers what comes out, until there are that many answers or nothing is under way.
  func send(_ lines: [String], until count: Int) -> [String] {
    for line in lines { engine.receive(.line(Array(line.utf8)), at: clock.now) }
    var output = engine.advance(unwritten: 0, at: clock.now)
    var missing = count - output.count { $0 == UInt8(ascii: "\n") }
    while engine.waiting > 0, missing > 0 {
      turn()
      let more = engine.advance(unwritten: 0, at: clock.now)
      missing -= more.count { $0 == UInt8(ascii: "\n") }
      output += more
    }
    return output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Goes on until notifications have come that suffice; answers all that have.
  func hear(_ isEnough: ([JSONTree]) -> Bool) throws -> [JSONTree] {
    let end = Clock.now + 60_000_000_000
    while !isEnough(heard) {
      guard Clock.now < end else { throw TestFailure("\(heard.count) notifications") }
      turn()
      _ = answers(send())
    }
    return heard
  }

  /// Those of the lines that are answers; keeps what nobody asked for.
  private func answers(_ lines: [String]) -> [String] {
    lines.filter { line in
      guard let tree = JSONTree(line), tree["method"] != nil else { return true }
      heard.append(tree)
      return false
    }
  }

  /// Sentences for the operator since the last time.
  func notes() -> [String] { engine.takeNotes() }

  private func turn() {
    if engine.takeTokenWish(), let ownToken {
      engine.renew(Result { try ownToken() }.mapError { _ in Failure(.tokenRefused) }, at: clock.now)
    }
    var entries: [pollfd] = []
    engine.forEachDescriptor { descriptor, wantsWrite in
      entries.append(pollfd(fd: descriptor, events: Int16(POLLIN | (wantsWrite ? POLLOUT : 0)), revents: 0))
    }
    let patience = engine.patience(at: clock.now).map { Int32(clamping: $0 / 1_000_000 + 1) } ?? 1_000
    _ = unsafe poll(&entries, nfds_t(entries.count), min(1_000, patience))
    for entry in entries where entry.revents != 0 { engine.ready(entry.fd, at: clock.now) }
  }
}

/// The real clocks, moved on at will.
final class TestClock {
  var offset = 0

  var now: Moment {
    let now = Moment.now
    return Moment(monotonic: now.monotonic, milliseconds: now.milliseconds + offset * 1000)
  }
}

/// The key of this test run.
enum TestKey {
  static let signer: Signer = {
    do { return try Signer.generate() } catch { preconditionFailure("no key: \(error)") }
  }()
}

struct TestFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
