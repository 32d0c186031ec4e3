import Glibc
import Postgres

/// Keeps so many calls under way on each of some servers and measures what comes back.
struct Load {
  /// What was seen.
  struct Seen {
    var answers = 0
    var seconds = 0.0
    var latencies = Latencies()
    var rate: Double { Double(answers) / seconds }
  }

  let servers: [ServerProcess]
  let inFlight: Int
  /// The line of a request, by its id.
  let line: (_ server: Int, _ id: Int) -> String
  private var sentAt: [[UInt64]]
  private var sent: [Int]
  private var open = 0
  private var seen = Seen()

  init(_ servers: [ServerProcess], inFlight: Int, line: @escaping (_ server: Int, _ id: Int) -> String) {
    self.servers = servers
    self.inFlight = inFlight
    self.line = line
    sentAt = servers.map { _ in [] }
    sent = servers.map { _ in 0 }
  }

  /// Runs until the time is over or so many calls were made, and then until everything is answered.
  mutating func run(seconds: Double = .infinity, calls: Int = .max) throws -> Seen {
    let start = Clock.now
    let end = seconds.isFinite ? start + UInt64(seconds * 1e9) : UInt64.max
    let target = calls == .max ? Int.max : calls
    var begun = 0
    for server in servers.indices { begun += try send(min(inFlight, target - begun), to: server) }
    while open > 0 {
      var entries = servers.map { pollfd(fd: $0.output, events: Int16(POLLIN), revents: 0) }
      unsafe poll(&entries, nfds_t(entries.count), -1)
      for index in entries.indices where entries[index].revents != 0 {
        let answered = try receive(from: index)
        if Clock.now < end, begun < target { begun += try send(min(answered, target - begun), to: index) }
      }
    }
    seen.seconds = Double(Clock.now - start) / 1e9
    return seen
  }

  /// Forgets what was seen so far: it was for warming up.
  mutating func forget() { seen = Seen() }

  private mutating func send(_ count: Int, to index: Int) throws -> Int {
    var bytes: [UInt8] = []
    let now = Clock.now
    for _ in 0..<count {
      bytes += line(index, sent[index]).utf8
      sentAt[index].append(now)
      sent[index] += 1
    }
    open += count
    try servers[index].send(bytes)
    return count
  }

  private mutating func receive(from index: Int) throws -> Int {
    let server = servers[index]
    try server.receive()
    let now = Clock.now
    var count = 0
    while let id = try unsafe server.nextLine({ line in try unsafe Self.id(of: line, from: server.name) }) {
      seen.latencies.add(now - sentAt[index][id])
      count += 1
    }
    open -= count
    seen.answers += count
    return count
  }

  /// The id of a result: `{"jsonrpc":"2.0","id":1,"result":...`.
  private static func id(of line: UnsafeBufferPointer<UInt8>, from name: String) throws -> Int {
    var index = 22
    var id = 0
    while index < line.count, case let digit = unsafe line[index] &- UInt8(ascii: "0"), digit < 10 {
      id = id * 10 + Int(digit)
      index += 1
    }
    guard index + 2 < line.count, unsafe line[index + 2] == UInt8(ascii: "r") else {
      throw BenchError("\(name) answered \(unsafe String(decoding: line.prefix(400), as: UTF8.self))")
    }
    return id
  }
}
