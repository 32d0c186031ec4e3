import Foundation
import Glibc
import JSON
import Postgres

/// A process that speaks JSON-RPC on two pipes: deskpipe, or one of its peers.
final class ServerProcess {
  let name: String
  let process: Int32
  let input: Int32
  let output: Int32
  /// Room for what comes, and where in it the bytes are that nobody has taken.
  private var bytes = [UInt8](repeating: 0, count: 1 << 18)
  private var unread = 0..<0
  private var isRunning = true

  init(_ name: String, _ arguments: [String], environment: [String: String]) throws {
    self.name = name
    var requests: [Int32] = [-1, -1]
    var replies: [Int32] = [-1, -1]
    guard unsafe pipe(&requests) == 0, unsafe pipe(&replies) == 0 else { throw BenchError("no pipe") }
    for end in [requests[1], replies[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    process = try Command(arguments, environment: environment).launch(input: requests[0], output: replies[1])
    close(requests[0])
    close(replies[1])
    input = requests[1]
    output = replies[0]
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
  }

  deinit { if isRunning { try? end() } }

  /// Sends one line and waits for the next answer.
  func answer(to line: String) throws -> String {
    try send(Array(line.utf8))
    return try nextAnswer()
  }

  /// Waits for the next answer, which must be a result.
  func nextAnswer() throws -> String {
    while true {
      if let answer = unsafe nextLine({ unsafe String(decoding: $0, as: UTF8.self) }) {
        guard !answer.prefix(200).contains("\"error\"") else { throw BenchError("\(name) answered \(answer)") }
        return answer
      }
      wait(for: output, Int16(POLLIN))
      try receive()
    }
  }

  /// Opens a session and answers its handle.
  func open(_ token: String) throws -> String {
    let line = #"{"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":"\#(token)"}}"# + "\n"
    let answer = try answer(to: line)
    guard let start = answer.firstRange(of: #""session":"#)?.upperBound,
      let handle = answer[start...].split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first
    else { throw BenchError("\(name) answered \(answer)") }
    return String(handle)
  }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(input, $0.baseAddress, $0.count) }
      if count > 0 { rest.removeFirst(count) } else { wait(for: input, Int16(POLLOUT)) }
    }
  }

  /// Reads what has come. Who measures takes as little of the processors as can be: they are the servers', too.
  func receive() throws {
    if unread.isEmpty { unread = 0..<0 }
    if bytes.count - unread.upperBound < 1 << 16 {
      bytes.removeFirst(unread.lowerBound)
      unread = 0..<unread.count
      bytes.append(contentsOf: [UInt8](repeating: 0, count: max(0, (1 << 17) + unread.count - bytes.count)))
    }
    let got = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe read(output, room.baseAddress! + unread.upperBound, room.count - unread.upperBound)
    }
    if got == 0 { throw BenchError("\(name) ended") }
    unread = unread.lowerBound..<unread.upperBound + max(got, 0)
  }

  /// Takes the next line, without its end; nil where none is complete.
  func nextLine<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
    try unsafe bytes.withUnsafeBufferPointer { room in
      let rest = unsafe UnsafeBufferPointer(rebasing: room[unread])
      guard let start = rest.baseAddress, let end = unsafe memchr(start, 10, rest.count) else { return nil }
      let count = unsafe UnsafeRawPointer(end) - UnsafeRawPointer(start)
      unread = unread.lowerBound + count + 1..<unread.upperBound
      return try unsafe body(UnsafeBufferPointer(rebasing: rest[..<count]))
    }
  }

  /// Seconds of CPU that it has taken, the kernel's for it included.
  func cpu() throws -> Double {
    var clock = clockid_t()
    var time = timespec()
    guard unsafe clock_getcpuclockid(process, &clock) == 0, unsafe clock_gettime(clock, &time) == 0 else {
      throw BenchError("no CPU clock of \(name)")
    }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The most memory that it has had, in MB.
  func peakMemory() throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(separator: " ").dropLast().last.flatMap({ Double($0) })
    else { throw BenchError("no VmHWM of \(name)") }
    return kilobytes / 1000
  }

  /// Closes its input and waits for its end, which must be clean.
  func end() throws {
    isRunning = false
    close(input)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) == -1 && errno == EINTR {}
    close(output)
    guard status == 0 else { throw BenchError("\(name) ended with status \(status)") }
  }

  private func wait(for descriptor: Int32, _ events: Int16) {
    var entry = pollfd(fd: descriptor, events: events, revents: 0)
    unsafe poll(&entry, 1, -1)
  }
}

enum Processors {
  static let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
}
