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
