import Foundation
import Glibc
import Postgres
import TestSupport
import Testing
import Token

@testable import deskpipe

/// The client that commands reach their own desk with, when that does not answer.
@Suite struct DeskClientTests {
  /// Serves for half a second's patience, and is stopped once it has answered.
  private static func stopped() throws -> DeskClient {
    let desk = try Desk()
    let client = try DeskClient(
      "serve",
      environment: [
        "DATABASE_URL": desk.database.endpoints.serve, "CLERK_JWT_KEY": Desk.signer.publicPEM,
        "CLERK_ISSUER": Desk.issuer, "DESKPIPE_LOG_LEVEL": "error", "PATH": "/usr/bin:/bin",
      ],
      program: Child.binary.path, patience: 500, at: .kill)
    try client.begin()
    kill(client.process.id, SIGSTOP)
    return client
  }

  /// Seconds until it was told that the desk is late.
  private static func seconds(_ body: () throws -> Void) -> Double? {
    let begin = Clock.now
    do { try body() } catch DeskRefusal.late { return Double(Clock.now - begin) / 1e9 } catch {}
    return nil
  }

  @Test func saysInTimeThatNothingAnswers() throws {
    let client = try Self.stopped()
    let asked = try #require(Self.seconds { _ = try client.call("system.ping", "{}") })
    #expect((0.5..<3).contains(asked))
    #expect("\(DeskRefusal.late.ending())".contains("has not answered in time"))
    // A call that the pipe has no room for; what is sent behind it is refused at once.
    let large = "{\"text\":\"" + String(repeating: "x", count: 1 << 21) + "\"}"
    let sent = try #require(Self.seconds { _ = try client.send("system.ping", large.utf8) })
    #expect((0.5..<3).contains(sent))
    #expect(try #require(Self.seconds { _ = try client.send("system.ping", "{}".utf8) }) < 0.4)
    // What is stopped cannot end by itself.
    let begin = Clock.now
    client.process.end()
    #expect(Clock.now - begin < 10_000_000_000 && kill(client.process.id, 0) == -1)
  }

  @Test func goesOnWhenTheDeskDoes() throws {
    let client = try Self.stopped()
    let late = try client.send("system.ping", "{}".utf8)
    #expect(Self.seconds { _ = try client.answer(to: late) } != nil)
    kill(client.process.id, SIGCONT)
    #expect(try !client.answer(to: late).isEmpty)
    #expect(try !client.call("system.ping", "{}").isEmpty)
  }
}
