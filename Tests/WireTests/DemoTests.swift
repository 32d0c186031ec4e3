import Foundation
import Glibc
import Postgres
import TestSupport
import Testing
import Token

/// `demo`, `token` and `db` as the README's reader types them.
@Suite struct DemoTests {
  private static let whoami = #"{"jsonrpc":"2.0","id":1,"method":"session.whoami"}"# + "\n"

  /// Making a cluster takes seconds, so that one goes through all that a first evening does with it.
  @Test func servesFromNothingThenAtOnceAndStops() throws {
    let home = try DemoHome()
    #expect(try home.run(["db", "status"]).output.hasSuffix(": not made yet"))
    #expect(try home.run(["db", "status"]).status == 1)
    #expect(try home.run(["db", "stop"]).output == "was not running")

    for isFirst in [true, false] {
      let clock = ContinuousClock.now
      let demo = try home.run(["demo"], input: Self.whoami)
      let elapsed = ContinuousClock.now - clock
      #expect(demo.status == 0 && demo.output.split(separator: "\n").count == 1, "\(demo)")
      #expect(demo.output.hasPrefix(#"{"jsonrpc":"2.0","id":1,"result":"#) && demo.output.contains("Ingrid Solberg"))
      #expect(!demo.errors.contains("This is a deskpipe desk"))
      #expect(isFirst || elapsed < .seconds(3), "\(elapsed)")
    }

    let status = try home.run(["db", "status"])
    #expect(status.output.contains(": running, PostgreSQL ") && status.status == 0, "\(status)")
    let started = try home.run(["db", "start"])
    let names = started.output.split(separator: "\n").map { $0.prefix { $0 != "=" } }
    #expect(names == ["DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_MAINTAIN_URL"] && started.status == 0)

    try greetsOnATerminalAlone(home)
    let described = try home.run(["call", "rpc.discover", "--demo"])
    #expect(described.output == (try Run(["openrpc"]).output) && described.status == 0)
    try followsTheGuideToTokens(home)

    let stopped = try home.run(["db", "stop"])
    #expect(stopped.output == "stopped" && stopped.status == 0)
    let after = try home.run(["db", "status"])
    #expect(after.output.hasSuffix(": stopped") && after.status == 1, "\(after)")
  }

  /// Ctrl-D on a pseudo terminal ends it; its greeting is on stderr, and stdout has the answers alone.
  private func greetsOnATerminalAlone(_ home: DemoHome) throws {
    var (terminal, end): (Int32, Int32) = (-1, -1)
    try #require(unsafe openpty(&terminal, &end, nil, nil, nil) == 0)
    for descriptor in [terminal, end] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    defer { close(terminal) }
    let output = Pipe()
    let errors = Pipe()
    let process = Process()
    process.executableURL = Child.binary
    process.arguments = ["demo"]
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/root"].merging(home.environment) { $1 }
    process.standardInput = FileHandle(fileDescriptor: end, closeOnDealloc: false)
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    close(end)
    let typed = Array((Self.whoami + "\u{4}").utf8)
    #expect(unsafe write(terminal, typed, typed.count) == typed.count)
    let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let greeting = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(said.split(separator: "\n").count == 1 && said.contains("Ingrid Solberg"), "\(said)")
    #expect(greeting.contains("This is a deskpipe desk"), "\(greeting)")
  }

  /// The commands of protocol/tokens.md, in their order, as a shell that ends at the first one that fails.
  private func followsTheGuideToTokens(_ home: DemoHome) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../protocol/tokens.md")
    let guide = try String(contentsOf: file, encoding: .utf8)
    let blocks = guide.split(separator: "```sh\n").dropFirst().compactMap { $0.split(separator: "```").first }
    #expect(blocks.count >= 6)
    let folder = URL(filePath: home.folder).deletingLastPathComponent().appending(path: "guide")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = Child.binary.deletingLastPathComponent().path + ":/usr/bin:/bin"
    let script = "set -eux\ncd '\(folder.path)'\n" + blocks.joined(separator: "\n")
    let run = try Run(
      ["-c", script], environment: home.environment.merging(["PATH": path]) { $1 }, program: URL(filePath: "/bin/sh"))
    #expect(run.status == 0, "\(run)")
  }

  /// A token is minted and read without any database, before there is a demo.
  @Test(
    arguments: [
      ([], [], true, #""valid":true"#),
      (["--claims", "1"], [], true, #""org_id":"#),
      (["--claims", "2"], [], true, #""v":2"#),
      (["--role", "agent"], [], true, #""admin":false"#),
      (["--lifetime=-60"], [], false, #""reason":"token-expired""#),
      (["--lifetime=-60"], ["--at"], true, #""valid":true"#),
      (["--organization", "org_else"], [], true, "org_else"),
      ([], [], true, #""token_profile":"session""#),
      (["--client", "client_x"], [], false, #""reason":"token-type-mismatch""#),
      (["--client", "client_x"], ["--clerk-oauth-clients", "client_y"], false, #""reason":"token-invalid-client""#),
      (["--client", "c"], ["--clerk-oauth-clients", "b, c"], true, #""admin":false,"token_profile":"oauth""#),
      (["--client", "c"], ["--clerk-oauth-clients", "c"], true, #""client_id":"c""#),
    ] as [([String], [String], Bool, String)])
  func mintsAndVerifies(_ mint: [String], _ verify: [String], _ isValid: Bool, _ text: String) throws {
    let home = try DemoHome()
    let token = try home.run(["token", "mint"] + mint)
    #expect(token.output.split(separator: ".").count == 3 && token.status == 0, "\(token)")
    // An expired one was valid a little before it expired, a minute ago.
    let more = verify == ["--at"] ? ["--at", String(Clock.milliseconds / 1000 - 61)] : verify
    let run = try home.run(["token", "verify", "--demo"] + more, input: token.output + "\n")
    #expect(run.output.hasPrefix(#"{"valid":\#(isValid),"#) && run.output.contains(text), "\(run)")
    #expect(run.output.contains(#""alg":"RS256""#) && !run.output.contains(token.output))
    #expect(run.status == (isValid ? 0 : 1))
  }

  @Test(
    arguments: [
      ("", "token-invalid"), ("garbage", "token-invalid"), ("a.b.c", "token-invalid"),
      ("eyJhbGciOiJub25lIn0.e30.", "token-"),
    ])
  func refusesWhatIsNoToken(_ text: String, _ reason: String) throws {
    let home = try DemoHome()
    let run = try home.run(["token", "verify", "--demo"], input: text)
    #expect(run.output.hasPrefix(#"{"valid":false,"reason":"\#(reason)"#) && run.status == 1, "\(run)")
  }

  /// The demo's token means nothing to another demo, nor to a desk whose keys have ids.
  @Test func refusesTokensOfOthers() throws {
    let homes = [try DemoHome(), try DemoHome()]
    let token = try homes[0].run(["token", "mint", "--kid", "other"]).output
    #expect(try homes[0].run(["token", "verify", "--demo"], input: token).output.contains(#""kid":"other""#))
    let other = try homes[1].run(["token", "verify", "--demo"], input: token)
    #expect(other.output.contains("token-invalid-signature") && other.status == 1, "\(other)")
    let keys = URL(filePath: homes[0].folder).appending(path: "keys.json")
    try Data(#"{"keys":[\#(Signer.generate().jwk(id: "wanted"))]}"#.utf8).write(to: keys)
    let options = ["--jwks", keys.path, "--clerk-issuer", "https://demo.deskpipe.invalid"]
    let unknown = try homes[0].run(["token", "verify"] + options, input: token)
    #expect(unknown.output.contains("jwk-kid-mismatch") && unknown.status == 1, "\(unknown)")
    #expect(try homes[0].run(["token", "mint", "--claims", "3"]).status == 2)
  }

  @Test func takesFlagsBeforeTheEnvironmentBeforeTheFile() throws {
    let desk = try Desk(["clerk_issuer": "https://file.example"])
    let token = try Desk.token()
    let right = Desk.issuer
    let wrong = "https://wrong.example"
    let rows: [(flag: String?, variable: String?, isValid: Bool)] = [
      (nil, nil, false), (nil, right, true), (nil, "", false), (right, nil, true), (right, wrong, true),
      (wrong, right, false),
    ]
    for row in rows {
      let flags = row.flag.map { ["--clerk-issuer", $0] } ?? []
      let environment = row.variable.map { ["CLERK_ISSUER": $0] } ?? [:]
      let run = try Run(
        ["token", "verify", "--config", desk.settings.path] + flags, environment: environment, input: token)
      #expect(run.status == (row.isValid ? 0 : 1), "\(row): \(run)")
      #expect(row.isValid || run.output.contains("token-invalid-issuer"), "\(row): \(run)")
    }
  }
}
