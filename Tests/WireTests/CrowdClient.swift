import Foundation
import TestSupport
import Testing

/// What a crowd was told: by it, what must be in the database.
struct CrowdOutcome: Sendable {
  /// How often who counted on a ticket was told that it worked.
  var counts: [String: Int] = [:]
  var said: [String] = []
  var made: [String] = []
  var merges = 0
  /// What nobody may hear here.
  var faults: [String] = []

  mutating func add(_ other: CrowdOutcome) {
    counts.merge(other.counts, uniquingKeysWith: +)
    said += other.said
    made += other.made
    merges += other.merges
    faults += other.faults
  }
}

/// One agent among many: makes its moves one after the other, each of one or two calls. The id of every request is the
/// client's number.
struct CrowdClient {
  let number: Int
  private let session: String
  private let tickets: [String]
  private let steady: [String]
  private var random: SplitMix64
  private var moves: Int
  private var move = Move.rest
  private(set) var outcome = CrowdOutcome()

  private enum Move {
    case rest
    /// Reads a ticket's count, to write one more.
    case reads(ticket: String)
    case counts(ticket: String)
    /// The same write twice at once, with one key; the first answer, once it is there.
    case says(body: String, first: String?)
    case makes(subject: String, first: String?)
    case merges
  }

  /// - Parameter steady: tickets that are counted on and never merged.
  init(
    _ number: Int, _ session: String, _ tickets: [String], steady: [String], _ random: SplitMix64, moves: Int
  ) {
    self.number = number
    self.session = session
    self.tickets = tickets
    self.steady = steady
    self.random = random
    self.moves = moves
  }

  var isDone: Bool { if case .rest = move { moves == 0 } else { false } }

  /// The first calls.
  mutating func start() -> String { next() }

  /// Takes an answer and says what to send then, which may be nothing.
  mutating func take(_ line: String) -> String {
    let result = Self.result(line)
    let kind = result == nil ? Self.kind(of: line) : nil
    // Where the machine is slow, a lock may be waited for longer than a statement may take: then nothing was done.
    if let kind, !["conflict", "rule", "timeout"].contains(kind) { outcome.faults.append(line) }
    switch move {
    case .rest: outcome.faults.append("nobody asked: \(line)")
    case .reads(let ticket):
      guard let result, let version = result["version"] as? Int else { break }
      let count = (result["metadata"] as? [String: Any])?["count"] as? Int ?? 0
      move = .counts(ticket: ticket)
      return call(
        "tickets.update", ["id": ticket, "metadata": ["count": count + 1], "expected_version": version])
    case .counts(let ticket):
      if result != nil { outcome.counts[ticket, default: 0] += 1 }
      // Somebody was faster, who got on by it.
      if kind == "conflict" {
        move = .reads(ticket: ticket)
        return call("tickets.get", ["id": ticket])
      }
    case .says(let body, nil):
      move = .says(body: body, first: line)
      return ""
    case .says(let body, let first?):
      if twice(first, line) { outcome.said.append(body) }
    case .makes(let subject, nil):
      move = .makes(subject: subject, first: line)
      return ""
    case .makes(let subject, let first?):
      if twice(first, line) { outcome.made.append(subject) }
    case .merges:
      if result != nil { outcome.merges += 1 }
    }
    return next()
  }

  /// Whether a write that was sent twice was done, by either answer; where both say so they are the same.
  private mutating func twice(_ first: String, _ second: String) -> Bool {
    let results = [first, second].filter { Self.result($0) != nil }
    if results.count == 2, results[0] != results[1] { outcome.faults.append("\(results)") }
    return !results.isEmpty
  }

  private mutating func next() -> String {
    guard moves > 0 else {
      move = .rest
      return ""
    }
    moves -= 1
    let ticket = tickets[Int.random(in: tickets.indices, using: &random)]
    let key = "\(number) \(moves)"
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1:
      move = .merges
      let other = tickets[Int.random(in: tickets.indices, using: &random)]
      return call("tickets.merge", ["id": ticket, "sources": [other]])
    case 2, 3:
      move = .merges
      return call("tickets.unmerge", ["id": ticket])
    case 4:
      move = .makes(subject: "made \(key)", first: nil)
      let customer: [String: Any] = ["email": "\(number % 7)@example.net", "fields": ["plan": "plus"]]
      let made = call(
        "tickets.create", ["subject": "made \(key)", "customer": customer, "idempotency_key": key])
      return made + made
    case 5, 6:
      // Some are never merged, so that there is always somebody who can count.
      let counted = tickets + steady
      let ticket = counted[Int.random(in: counted.indices, using: &random)]
      move = .reads(ticket: ticket)
      return call("tickets.get", ["id": ticket])
    case let choice:
      move = .says(body: "said \(key)", first: nil)
      let said = call(
        "messages.create",
        [
          "ticket_id": ticket, "body": "said \(key)", "as": choice % 2 == 0 ? "customer" : "agent",
          "idempotency_key": key,
        ])
      return said + said
    }
  }

  private func call(_ method: String, _ params: [String: Any]) -> String {
    Self.request(number, session, method, params)
  }

  /// Opens the session of an agent of its own; its handle.
  static func open(_ child: Child, _ number: Int) throws -> String {
    let token = try Desk.token(lifetime: 3_000, subject: "user_crowd_\(number)")
    child.send(request(number, nil, "session.open", ["token": token]))
    let line = try #require(child.line(within: 30))
    return try #require(result(line)?["session"] as? String, "\(line)")
  }

  static func request(_ id: Int, _ session: String?, _ method: String, _ params: [String: Any]) -> String {
    var params = params
    params["session"] = session
    let request: [String: Any] = ["jsonrpc": "2.0", "id": id, "method": method, "params": params]
    do {
      return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self) + "\n"
    } catch { preconditionFailure("no JSON: \(error)") }
  }

  static func result(_ line: String) -> [String: Any]? { object(line)?["result"] as? [String: Any] }

  static func number(of line: String) -> Int? { object(line)?["id"] as? Int }

  private static func kind(of line: String) -> String {
    let data = (object(line)?["error"] as? [String: Any])?["data"] as? [String: Any]
    return data?["kind"] as? String ?? "none"
  }

  private static func object(_ line: String) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
  }
}
