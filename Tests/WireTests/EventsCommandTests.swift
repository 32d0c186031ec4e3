import Foundation
import Glibc
import Postgres
import TestSupport
import Testing
import Token

/// `deskpipe events` and the webhooks that it posts, with a real server at the other end.
@Suite(.serialized) struct EventsCommandTests {
  private static let ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"
  private static let secrets = (0..<2).map { _ in "whsec_" + Base64.encode(Random.bytes(count: 24)) }
  private static let secret = ["DESKPIPE_EVENTS_WEBHOOK_SECRET": secrets.joined(separator: ",")]

  private let server: EventServer
  private let folder: String

  init() throws {
    server = try EventServer()
    folder = try TemporaryFolder().path
  }

  private func lines(_ arguments: [String]) throws -> [String] {
    let child = try server.command(["events"] + arguments)
    let lines = child.lines()
    #expect(child.status() == 0, "\(child.errorText)")
    return lines
  }

  private static func member(_ name: String, of json: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return object?[name] as? String
  }

  private static func ids(_ lines: [String]) -> [String] { lines.compactMap { member("id", of: $0) } }

  /// Changes a ticket in a process of its own.
  private func write(_ count: Int = 1) throws {
    for _ in 0..<count {
      let child = try server.command(["call", "tickets.update", "id=\(Self.ticket)", "subject=\(UUID())"])
      _ = child.lines()
      #expect(child.status() == 0, "\(child.errorText)")
    }
  }

  @Test func showsWhatHappenedALineEachFromWhereItIsTold() throws {
    let all = try lines([])
    #expect(all.count > 1_000)
    let ids = Self.ids(all)
    #expect(Set(ids).count == all.count)
    #expect(try lines(["--from", "beginning"]) == all)
    #expect(try lines(["--from", "now"]) == [])
    // An event's id is a cursor; within a transaction, too.
    for index in [0, 500, ids.count - 1] {
      #expect(try lines(["--cursor", ids[index]]) == Array(all[(index + 1)...]))
    }
    let created = try lines(["--types", "ticket.created, macro"])
    let types = Set(created.compactMap { Self.member("type", of: $0) })
    #expect(types == ["ticket.created", "macro.created"])
    let ofTicket = try lines(["--ticket", Self.ticket])
    #expect(!ofTicket.isEmpty && ofTicket.allSatisfy { Self.member("ticket_id", of: $0) == Self.ticket })
    // Numbers keep their digits, however many.
    let metadata = #"{"n": 123456789012345678901234567890}"#
    let write = try server.command(["call", "tickets.update", "id=\(Self.ticket)", "metadata=\(metadata)"])
    #expect(try #require(write.line()).contains(metadata) && write.status() == 0)
    #expect(try #require(lines(["--cursor", ids[ids.count - 1]]).first).contains(metadata))
    let child = try server.command(["call", "events.since", "from=beginning", "limit=1"])
    #expect(try #require(child.line()).hasPrefix("{\"items\": [\(all[0])]"))
  }

  @Test func goesOnWithWhatHappensAndRemembersItsCursor() throws {
    let file = folder + "/cursor"
    let child = try server.command(["events", "--follow", "--cursor-file", file])
    // It begins where it was started, and keeps that before anything happens.
    while unsafe access(file, F_OK) != 0 { poll(nil, 0, 10) }
    try write()
    #expect(Self.member("type", of: try #require(child.line())) == "ticket.changed")
    try server.restart()
    try write()
    let second = try #require(child.line(within: 30))
    kill(child.pid, SIGKILL)
    try write()
    let again = try lines(["--cursor-file", file])
    // At least once: the last line may come again where the process was killed between writing it and keeping that.
    #expect([1, 2].contains(again.count) && (again.count == 1 || again[0] == second), "\(again)")
    #expect(try lines(["--cursor-file", file]) == [])
  }

  @Test func endsQuietlyWhereNobodyReadsAndAtSIGTERM() throws {
    let child = try server.command(["events"])
    #expect(child.line() != nil)
    child.closeOutput()
    #expect(child.status() == 0 && child.errorText == "", "\(child.errorText)")
    let file = folder + "/cursor"
    let following = try server.command(["events", "-f", "--cursor-file", file])
    while unsafe access(file, F_OK) != 0 { poll(nil, 0, 10) }
    kill(following.pid, SIGTERM)
    #expect(following.status() == 0, "\(following.errorText)")
  }

  @Test func postsEachEventOnceInOrderAndSigned() throws {
    let receiver = try WebhookServer()
    let post = ["events", "--webhook", receiver.address, "--cursor-file", folder + "/cursor"]
    let all = try lines(["--types", "ticket.created"])
    for _ in 0..<2 {
      let child = try server.command(post + ["--types", "ticket.created"], environment: Self.secret)
      #expect(child.lines() == [] && child.status(within: 60) == 0, "\(child.errorText)")
    }
    let deliveries = try receiver.deliveries()
    #expect(deliveries.map { $0.headers["webhook-id"] } == Self.ids(all))
    for (line, delivery) in zip(all, deliveries) {
      let time = try #require(Self.member("created_at", of: line))
      #expect(delivery.body == #"{"type":"ticket.created","timestamp":"\#(time)","data":\#(line)}"#)
      #expect(delivery.path == "/hook" && delivery.headers["content-type"] == "application/json")
      // Whoever knows either secret believes it.
      for secret in Self.secrets {
        let verifier = try #require(SvixSignature(secrets: [secret]))
        let now = Clock.milliseconds / 1000
        #expect(try verifier.verify(delivery.headers, body: Array(delivery.body.utf8), at: now) == Self.ids([line])[0])
      }
    }
  }

  /// The receiver fails in every way, the sender is killed again and again: nothing is lost, and what comes twice is the
  /// same under the same id.
  @Test func losesNothingThoughItIsKilledAndTheReceiverFails() throws {
    let receiver = try WebhookServer()
    let file = folder + "/cursor"
    let start = try #require(Self.ids(try lines([])).last)
    let post = ["events", "--follow", "--webhook", receiver.address, "--cursor-file", file, "--cursor", start]
    let answers = [200, 503, 200, 0, 200, 302, 200]
    for (round, answer) in answers.enumerated() {
      try receiver.answer(answer)
      let child = try server.command(post, environment: Self.secret)
      let before = try receiver.deliveries().count
      try write(6)
      if round == 4 {
        receiver.stop()
        poll(nil, 0, 300)
        try receiver.start()
      }
      // Killed while it delivers, or while it tries again.
      while try receiver.deliveries().count < before + (answer == 200 ? 3 : 1) { poll(nil, 0, 2) }
      kill(child.pid, SIGKILL)
      #expect(child.status() != nil)
    }
    let last = try server.command(post.filter { $0 != "--follow" }, environment: Self.secret)
    #expect(last.lines() == [] && last.status(within: 60) == 0, "\(last.errorText)")
    let expected = try lines(["--cursor", start])
    #expect(expected.count == 6 * answers.count)
    var taken: [String] = []
    var bodies: [String: String] = [:]
    for delivery in try receiver.deliveries() {
      let id = try #require(delivery.headers["webhook-id"])
      #expect(bodies[id] == nil || bodies[id] == delivery.body)
      bodies[id] = delivery.body
      if delivery.status == 200, !taken.contains(id) { taken.append(id) }
    }
    #expect(taken == Self.ids(expected))
  }

  @Test func waitsForAsLongAsTheReceiverWantsAndEndsWhereItIsGone() throws {
    let receiver = try WebhookServer()
    try receiver.answer(429, header: "retry-after: 2")
    let post = ["events", "--follow", "--webhook", receiver.address, "--cursor-file", folder + "/cursor"]
    let child = try server.command(post + ["--from", "beginning", "--log-level", "warning"], environment: Self.secret)
    while try receiver.deliveries().count < 2 { poll(nil, 0, 10) }
    let times = try receiver.deliveries().compactMap { $0.headers["webhook-timestamp"].flatMap { Int($0) } }
    #expect(times[1] - times[0] >= 2, "\(times)")
    #expect(child.errorText.contains("was not taken: the server answers 429; again in 2.0 s"), "\(child.errorText)")
    try receiver.answer(410)
    #expect(child.status(within: 30) == 1)
    #expect(child.errorText.contains("is gone (410)"), "\(child.errorText)")
  }

  @Test func postsOverHTTPSToWhomItTrusts() throws {
    let authority = try KeyServer()
    let receiver = try WebhookServer(identity: authority.identity)
    let post = ["events", "--webhook", receiver.address, "--types", "macro", "--cursor-file", folder + "/cursor"]
    let stranger = try server.command(post + ["--log-level", "warning"], environment: Self.secret)
    while !stranger.errorText.contains("certificate is not trusted") { poll(nil, 0, 10) }
    kill(stranger.pid, SIGKILL)
    #expect(stranger.status() != nil)
    #expect(try receiver.deliveries() == [])
    let child = try server.command(post + ["--webhook-ca", authority.authority], environment: Self.secret)
    #expect(child.lines() == [] && child.status(within: 30) == 0, "\(child.errorText)")
    #expect(try receiver.deliveries().count == lines(["--types", "macro"]).count)
  }

  @Test func twoNeverGoByOneCursor() throws {
    let file = folder + "/cursor"
    let first = try server.command(["events", "--follow", "--cursor-file", file])
    while unsafe access(file, F_OK) != 0 { poll(nil, 0, 10) }
    let second = try server.command(["events", "--cursor-file", file])
    #expect(second.lines() == [] && second.status() == 2)
    #expect(second.errorText.contains("another process goes by the cursor in"), "\(second.errorText)")
    kill(first.pid, SIGKILL)
    #expect(first.status() != nil)
    #expect(try lines(["--cursor-file", file]) == [])
    try "1-0123456789abcdef-1-0".write(toFile: file, atomically: true, encoding: .utf8)
    let foreign = try server.command(["events", "--cursor-file", file])
    #expect(foreign.lines() == [] && foreign.status() == 1 && foreign.errorText.contains("cursor_foreign"))
    try "".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try server.command(["events", "--cursor-file", file]).status() == 2)
  }
}
