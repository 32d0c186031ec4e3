import Foundation
import Glibc
import TestSupport
import Testing
import Token

/// The real binary, whose keys come from a real server over HTTPS.
@Suite struct RemoteKeysTests {
  private static let whoami = #"{"jsonrpc":"2.0","id":1,"method":"session.whoami"}"# + "\n"

  /// A server with the key of this test run, and a desk that is told its address.
  private func setting() throws -> (KeyServer, Desk) {
    let server = try KeyServer()
    try server.serve("{\"keys\":[\(Desk.signer.jwk(id: "test"))]}")
    let desk = try Desk(["clerk_jwt_key": "", "clerk_jwks_url": server.address(), "clerk_ca_file": server.authority])
    return (server, desk)
  }

  @Test func opensSessionsWithFetchedKeys() throws {
    let (server, desk) = try setting()
    let child = try desk.serve()
    child.send(#"{"jsonrpc":"2.0","id":9,"method":"system.ping"}"# + "\n")
    #expect(child.line()?.contains("\"id\":9") == true)
    // Nobody is asked before a token comes.
    #expect(try server.hits() == 0)
    child.send(try Desk.opening() + Self.whoami)
    let lines = [child.line(), child.line()].compactMap { $0 }
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains("\"result\"") }, "\(lines)")
    #expect(try server.hits() == 1)
    child.closeInput()
    #expect(child.status() == 0)
    #expect(child.errorText == "")
  }

  @Test func keepsItsOwnSessionWithFetchedKeys() throws {
    let (server, desk) = try setting()
    let file = desk.settings.deletingLastPathComponent().appending(path: "token")
    try Data(Desk.token().utf8).write(to: file)
    _ = unsafe chmod(file.path, 0o600)
    let arguments = ["serve", "--config", desk.settings.path, "--token-file", file.path, "--log-level", "warning"]
    let child = try Child(arguments)
    child.send(Self.whoami)
    #expect(child.line()?.contains("Ingrid Solberg") == true)
    try server.serve(#"{"keys":[]}"#)
    let refused = try Child(arguments)
    refused.send(Self.whoami)
    #expect(refused.line()?.contains("\"reason\":\"jwk-kid-mismatch\"") == true)
    #expect(refused.errorText.contains("no token for the process's own session"))
    server.stop()
    let alone = try Child(arguments)
    alone.send(Self.whoami)
    let line = try #require(alone.line())
    #expect(line.contains("\"kind\":\"unavailable\"") && line.contains("jwk-remote-failed-to-load"), "\(line)")
    #expect(alone.errorText.contains("the server cannot be reached"))
  }

  @Test func callsWithFetchedKeys() throws {
    let (server, desk) = try setting()
    let options = ["--config", desk.settings.path]
    let file = desk.settings.deletingLastPathComponent().appending(path: "token")
    try Data(Desk.token(lifetime: 600).utf8).write(to: file)
    _ = unsafe chmod(file.path, 0o600)
    let own = ["call", "session.whoami", "--token-file", file.path] + options
    let carried = ["call", "tickets.count", "{\"token\":\"\(try Desk.token(lifetime: 600))\"}"] + options
    #expect(try Run(own).output.contains("Ingrid Solberg"))
    #expect(try Run(carried).output.hasPrefix("{\"total\":"))
    #expect(try server.hits() == 2)
    // Nothing is fetched for what needs no token.
    #expect(try Run(["call", "system.ping"] + options).status == 0)
    #expect(try server.hits() == 2)

    try server.serve("{\"keys\":[\(Signer.generate().jwk(id: "test"))]}")
    for call in [own, carried] {
      let run = try Run(call)
      #expect(run.output == "" && run.errors.contains("token-invalid-signature") && run.status == 1, "\(run)")
    }
    try server.serve("no keys")
    for call in [own, carried] {
      let run = try Run(call)
      #expect(run.output == "" && run.errors.contains("jwk-remote-failed-to-load") && run.status == 1, "\(run)")
    }
    server.stop()
    for call in [own, carried] {
      let run = try Run(call)
      #expect(run.output == "" && run.errors.contains("\"unavailable\"") && run.status == 1, "\(run)")
    }
    #expect(try Run(["call", "system.ping"] + options).status == 0)
  }

  /// The line about the keys says what is wrong with them.
  @Test func examinesKeysThatAreFetched() throws {
    let (server, desk) = try setting()
    func keys(_ more: [String] = []) throws -> (line: String?, status: Int32?) {
      let run = try Run(["doctor", "--config", desk.settings.path] + more)
      return (run.output.split(separator: "\n").map(String.init).first { $0.contains(" keys: ") }, run.status)
    }
    #expect(try keys().line == "ok   keys: tokens can be verified")
    #expect(try server.hits() == 1)
    try server.serve("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}")
    let weak = try keys()
    #expect(weak.line?.hasPrefix("FAIL keys: the keys at \(server.address()) cannot be had: the key set") == true)
    #expect(weak.status == 1)
    try server.serve("{}", status: "503 Service Unavailable")
    #expect(try keys().line?.contains("answers 503") == true)
    // The system's certificates do not vouch for it.
    let other = try keys(["--clerk-ca-file", "/etc/ssl/certs/ca-certificates.crt"])
    #expect(other.line?.contains("certificate is not trusted") == true && other.status == 1, "\(other)")
    server.stop()
    let gone = try keys()
    #expect(gone.line?.contains("the server cannot be reached") == true && gone.status == 1, "\(gone)")
  }

  @Test func readsTokensWithFetchedKeys() throws {
    let (server, desk) = try setting()
    func verify() throws -> (output: [String], errors: String, status: Int32?) {
      let child = try Child(["token", "verify", "--config", desk.settings.path])
      child.send(try Desk.token())
      child.closeInput()
      return (child.lines(), child.errorText, child.status())
    }
    let fine = try verify()
    #expect(fine.output.first?.hasPrefix("{\"valid\":true") == true && fine.status == 0, "\(fine)")
    server.stop()
    let alone = try verify()
    #expect(alone.output == [] && alone.errors.contains("the server cannot be reached") && alone.status == 1)
  }
}
