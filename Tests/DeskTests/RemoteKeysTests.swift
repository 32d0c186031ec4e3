import Desk
import Fetch
import Postgres
import TestSupport
import Testing
import Token

/// Keys from a real server over HTTPS, while the calls of a session that is open go on.
@Suite struct RemoteKeysTests {
  /// A desk that gets its keys from a server, with a session that was opened by the first of them.
  private struct Setting {
    let server: KeyServer
    let desk: TestDesk
    let session: String

    init(certifying host: String = "IP:127.0.0.1", milliseconds: Int = 10_000) throws {
      server = try KeyServer(certifying: host)
      try server.serve(RemoteKeysTests.jwks("first"))
      let remote = RemoteKeys(
        [.init(url: server.address(), issuer: TestDesk.issuer)],
        fetcher: Fetcher(authorities: server.authority, milliseconds: milliseconds))
      desk = try TestDesk(TestCluster.createDemoDatabase(), remoteKeys: remote)
      let answers = desk.send(try RemoteKeysTests.opening(0, by: "first", lifetime: 3_600))
      session = answers.first.flatMap { JSONTree($0) }?["result"]?["session"]?.string ?? ""
    }

    /// A call of the session that is open.
    func call(_ id: Int) -> String {
      #"{"jsonrpc":"2.0","id":\#(id),"method":"tickets.count","params":{"session":"\#(session)"}}"#
    }

    /// What becomes of a token, and how often the server was asked since the desk was made.
    func opens(by key: String, named name: String? = nil) throws -> String {
      RemoteKeysTests.outcomes(desk.send(try RemoteKeysTests.opening(1, by: key, named: name)))[1] ?? "no answer"
    }
  }

  private static let signers: [String: Signer] = {
    var signers: [String: Signer] = [:]
    for name in ["first", "second", "third"] { signers[name] = try? Signer.generate() }
    return signers
  }()

  private static func jwks(_ names: String...) -> String {
    "{\"keys\":[" + names.compactMap { signers[$0]?.jwk(id: $0) }.joined(separator: ",") + "]}"
  }

  /// A request with a token of that key's, under that or another kid.
  private static func opening(
    _ id: Int, by key: String, named name: String? = nil, lifetime: Int = 3_600
  ) throws -> String {
    let token = try TestDesk.token(
      DemoDesk.admin, lifetime: lifetime, by: #require(signers[key]), keyID: name ?? key)
    return #"{"jsonrpc":"2.0","id":\#(id),"method":"session.open","params":{"token":"\#(token)"}}"#
  }

  /// The reason or the kind of each answer's error, or "ok", by id.
  private static func outcomes(_ lines: [String]) -> [Int: String] {
    var outcomes: [Int: String] = [:]
    for line in lines {
      guard let tree = JSONTree(line), let id = tree["id"]?.integer else { continue }
      let data = tree["error"]?["data"]
      outcomes[id] = data?["reason"]?.string ?? data?["kind"]?.string ?? "ok"
    }
    return outcomes
  }

  @Test func followsARotation() throws {
    let setting = try Setting()
    #expect(try setting.server.hits() == 1)
    #expect(try setting.opens(by: "first") == "ok")
    try setting.server.serve(Self.jwks("first", "second"))
    // A fetch was just made for the first.
    #expect(try setting.opens(by: "second") == "jwk-kid-mismatch")
    #expect(try setting.server.hits() == 1)
    setting.desk.wait(seconds: 30)
    #expect(try setting.opens(by: "second") == "ok")
    #expect(try setting.opens(by: "first") == "ok")
    #expect(try setting.server.hits() == 2)
    // A rotated key may keep its kid.
    setting.desk.wait(seconds: 30)
    try setting.server.serve(Self.jwks("first").replacing("\"first\"", with: "\"second\""))
    #expect(try setting.opens(by: "first", named: "second") == "ok")
    #expect(try setting.opens(by: "second") == "token-invalid-signature")
    #expect(try setting.server.hits() == 3)
    #expect(setting.desk.notes() == [])
  }

  @Test func forgetsAKeyThatWasTakenBack() throws {
    let setting = try Setting()
    try setting.server.serve(Self.jwks("second"))
    let token = try TestDesk.token(
      DemoDesk.admin, lifetime: 3_600, by: #require(Self.signers["first"]), keyID: "first")
    let whoami = #"{"jsonrpc":"2.0","id":2,"method":"session.whoami","params":{"token":"\#(token)"}}"#
    #expect(Self.outcomes(setting.desk.send(whoami)) == [2: "ok"])
    setting.desk.wait(seconds: 299)
    #expect(Self.outcomes(setting.desk.send(whoami)) == [2: "ok"])
    setting.desk.wait(seconds: 31)
    // The token that was remembered is verified again, too.
    #expect(try setting.opens(by: "second") == "ok")
    #expect(Self.outcomes(setting.desk.send(whoami)) == [2: "jwk-kid-mismatch"])
    #expect(Self.outcomes(setting.desk.send(setting.call(3))) == [3: "ok"])
  }

  @Test func goesOnWhileTheSourceIsDown() throws {
    let setting = try Setting()
    setting.server.stop()
    setting.desk.wait(seconds: 301)
    #expect(try setting.opens(by: "first") == "ok")
    let address = setting.server.address()
    #expect(
      setting.desk.notes() == ["the keys at \(address) cannot be had: the server cannot be reached; it is tried again"])
    #expect(try setting.opens(by: "second") == "jwk-kid-mismatch")
    #expect(Self.outcomes(setting.desk.send(setting.call(3))) == [3: "ok"])
    setting.desk.wait(seconds: 86_400)
    #expect(try setting.opens(by: "first") == "jwk-remote-failed-to-load")
    try setting.server.start()
    #expect(try setting.opens(by: "first") == "jwk-remote-failed-to-load")
    setting.desk.wait(seconds: 30)
    // Its signature is good again; a day has passed.
    #expect(try setting.opens(by: "first") == "token-expired")
    #expect(setting.desk.notes() == [])
  }

  @Test func letsNobodyElseWaitForASlowAnswer() throws {
    let setting = try Setting(milliseconds: 5_000)
    try setting.server.hang()
    setting.desk.wait(seconds: 31)
    let unknown = try (100..<110).map { try Self.opening($0, by: "second") }
    let calls = (0..<20).map(setting.call)
    // All of the others are answered while the unknown ones wait.
    let first = Self.outcomes(setting.desk.send(unknown + calls, until: 20))
    #expect(first == Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, "ok") }))
    let known = try Self.opening(200, by: "first")
    #expect(Self.outcomes(setting.desk.send([known], until: 1)) == [200: "ok"])
    let cancel = #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":105}}"#
    #expect(Self.outcomes(setting.desk.send([cancel], until: 1)) == [105: "cancelled"])
    let rest = Self.outcomes(setting.desk.send())
    #expect(rest.count == 9 && rest.values.allSatisfy { $0 == "jwk-kid-mismatch" }, "\(rest)")
    #expect(setting.desk.notes().first?.contains("did not answer within 5000 ms") == true)
  }

  @Test func isAskedOnceByAFlood() throws {
    let setting = try Setting()
    setting.desk.wait(seconds: 30)
    let flood = try (100..<400).map { try Self.opening($0, by: "second", named: "kid\($0)") }
    let calls = (0..<50).map(setting.call)
    let outcomes = Self.outcomes(setting.desk.send(flood + calls, until: .max))
    #expect((100..<400).allSatisfy { outcomes[$0] == "jwk-kid-mismatch" })
    #expect((0..<50).allSatisfy { outcomes[$0] == "ok" })
    #expect(try setting.server.hits() == 2)
    _ = setting.desk.send(flood, until: .max)
    #expect(try setting.server.hits() == 2)
    setting.desk.wait(seconds: 30)
    _ = setting.desk.send(flood, until: .max)
    #expect(try setting.server.hits() == 3)
  }

  /// What a source may answer instead of a set, and what the operator is told.
  private static let faults: [(body: String, status: String, header: String, words: String)] = [
    (String(repeating: " ", count: 300_000) + "{}", "200 OK", "", "more than 262144 bytes"),
    ("<html>", "200 OK", "", "is not a JSON object"),
    ("{\"keys\":[", "200 OK", "", "is not a JSON Web Key Set"),
    ("{\"keys\":{}}", "200 OK", "", "is not a JSON Web Key Set"),
    (#"{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"first"}]}"#, "200 OK", "", "holds a secret key"),
    ("{}", "503 Service Unavailable", "", "answers 503"),
    ("{}", "302 Found", "Location: https://localhost/jwks.json\r\n", "answers 302 and names another address"),
  ]

  @Test(arguments: faults.indices)
  func keepsItsKeysWhenTheAnswerIsFaulty(_ index: Int) throws {
    let fault = Self.faults[index]
    let setting = try Setting()
    try setting.server.serve(fault.body, status: fault.status, header: fault.header)
    setting.desk.wait(seconds: 30)
    let answers = setting.desk.send([try Self.opening(1, by: "second"), setting.call(2)], until: .max)
    #expect(Self.outcomes(answers) == [1: "jwk-kid-mismatch", 2: "ok"])
    #expect(try setting.opens(by: "first") == "ok")
    #expect(try setting.server.hits() == 2)
    let notes = setting.desk.notes()
    #expect(notes.count == 1 && notes[0].contains(fault.words), "\(notes)")
  }

  @Test func trustsNoOtherHostsCertificate() throws {
    let setting = try Setting(certifying: "DNS:keys.example")
    #expect(setting.session == "")
    #expect(try setting.opens(by: "first") == "jwk-remote-failed-to-load")
    #expect(try setting.server.hits() == 0)
    #expect(setting.desk.notes().first?.contains("certificate is not trusted") == true)
    // Nothing was asked of PostgreSQL for a token that could not be verified.
    #expect(setting.desk.isUnconnected)
  }

  @Test func holdsWhatDependsOnAnOpeningThatWaits() throws {
    let setting = try Setting()
    let remote = RemoteKeys(
      [.init(url: setting.server.address(), issuer: TestDesk.issuer)],
      fetcher: Fetcher(authorities: setting.server.authority))
    let desk = try TestDesk(setting.desk.database, remoteKeys: remote)
    let open = try Self.opening(1, by: "first").replacing("\"}}", with: "\",\"default\":true}}")
    let whoami = #"{"jsonrpc":"2.0","id":2,"method":"session.whoami"}"#
    #expect(Self.outcomes(desk.send(open, whoami)) == [1: "ok", 2: "ok"])
    let another = try TestDesk(setting.desk.database, remoteKeys: remote)
    let faulty = try Self.opening(1, by: "second").replacing("\"}}", with: "\",\"default\":true}}")
    #expect(Self.outcomes(another.send(faulty, whoami)) == [1: "jwk-kid-mismatch", 2: "jwk-kid-mismatch"])
    let token = try TestDesk.token(.agent)
    let calls = [2, 3].map {
      #"{"jsonrpc":"2.0","id":\#($0),"method":"session.whoami","params":{"token":"\#(token)"}}"#
    }
    #expect(Self.outcomes(another.send(calls, until: .max)) == [2: "jwk-kid-mismatch", 3: "jwk-kid-mismatch"])
  }
}
