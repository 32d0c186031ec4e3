import Foundation
import Glibc
import Testing
import Token

/// The process's own session, fed by a file that the host rewrites or by a command.
@Suite struct TokenFeedTests {
  private static let whoami = #"{"jsonrpc":"2.0","id":1,"method":"session.whoami"}"# + "\n"

  private func write(_ token: String, to file: URL) throws {
    let new = file.appendingPathExtension("new")
    try Data(token.utf8).write(to: new)
    _ = unsafe chmod(new.path, 0o600)
    _ = unsafe rename(new.path, file.path)
  }

  @Test func followsAFileThatTheHostRewrites() throws {
    let desk = try Desk()
    let file = desk.settings.deletingLastPathComponent().appending(path: "token")
    try write(Desk.token(lifetime: 60), to: file)
    let child = try Child(["serve", "--config", desk.settings.path, "--token-file", file.path])
    child.send(Self.whoami)
    let first = try #require(child.line())
    #expect(first.contains("\"name\":\"Ingrid Solberg\""), "\(first)")
    try write(Desk.token(lifetime: 600), to: file)
    // It is noticed within a turn or two of the loop.
    var later = first
    for _ in 1...100 where later == first {
      poll(nil, 0, 30)
      child.send(Self.whoami)
      later = try #require(child.line())
    }
    #expect(later != first)
    #expect(later.contains("\"result\""), "\(later)")
  }

  /// Neither the process's settings nor its first look is all: each new file is looked at.
  @Test func refusesANewFileThatOthersMayRead() throws {
    let desk = try Desk(["log_level": "warning"])
    let file = desk.settings.deletingLastPathComponent().appending(path: "token")
    try write(Desk.token(lifetime: 6), to: file)
    let child = try Child(["serve", "--config", desk.settings.path, "--token-file", file.path, "--clock-skew", "0"])
    child.send(Self.whoami)
    #expect(child.line()?.contains("\"result\"") == true)
    let new = file.appendingPathExtension("open")
    try Data(Desk.token(lifetime: 600).utf8).write(to: new)
    _ = unsafe chmod(new.path, 0o644)
    _ = unsafe rename(new.path, file.path)
    // The first token expires, and the second is no use.
    var last = ""
    for _ in 1...400 where !last.contains("\"error\"") {
      poll(nil, 0, 30)
      child.send(Self.whoami)
      last = try #require(child.line())
    }
    #expect(last.contains("token-unavailable") && last.contains("others may read"), "\(last)")
  }

  @Test func asksACommandWhenATokenIsNeeded() throws {
    let desk = try Desk()
    let folder = desk.settings.deletingLastPathComponent()
    let file = folder.appending(path: "token")
    try write(Desk.token(), to: file)
    // It inherits no secret, and what it complains of is not the token.
    let command =
      "echo x$DESKPIPE_SECRET_KEYS$OTHER >> '\(folder.path)/runs'; cat '\(file.path)'; echo; echo a warning >&2"
    let environment = ["DESKPIPE_SECRET_KEYS": "", "CLERK_ISSUER": Desk.issuer, "OTHER": "y"]
    let child = try Child(
      ["serve", "--config", desk.settings.path, "--token-command", command + "; echo $CLERK_ISSUER >&2"],
      environment: environment)
    child.send(Self.whoami + Self.whoami + Self.whoami)
    for _ in 1...3 { #expect(child.line()?.contains("Ingrid Solberg") == true) }
    #expect(try String(contentsOf: folder.appending(path: "runs"), encoding: .utf8) == "xy\n")
  }

  @Test func answersWhenTheCommandFails() throws {
    let desk = try Desk()
    let child = try Child(["serve", "--config", desk.settings.path, "--token-command", "echo secret >&2; exit 3"])
    child.send(Self.whoami)
    let line = try #require(child.line())
    #expect(line.contains("\"kind\":\"token_refused\"") && !line.contains("secret"), "\(line)")
    #expect(line.contains("\"reason\":\"token-unavailable\""), "\(line)")
    #expect(!child.errorText.contains("secret"))
  }
}
