import Glibc
import Postgres

/// `deskpipe demo` behind two pipes.
struct ServiceProcess {
  private let process: Int32
  private let input: Int32
  private let output: Int32

  init(_ deskpipe: String, home: String) throws {
    var requests: [Int32] = [-1, -1]
    var replies: [Int32] = [-1, -1]
    guard unsafe pipe(&requests) == 0, unsafe pipe(&replies) == 0 else { throw BenchError("no pipe") }
    // Its stderr is the same pipe: a warning would count as an answer.
    let settings = ["DESKPIPE_HOME=\(home)", "DESKPIPE_LOG_LEVEL=error"]
    let command = Command(["/usr/bin/env"] + settings + [deskpipe, "demo"])
    process = try command.launch(input: requests[0], output: replies[1])
    close(requests[0])
    close(replies[1])
    input = requests[1]
    output = replies[0]
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
  }

  /// Keeps 64 requests under way for so long, waits for what is still under way, and answers how many were answered.
  @discardableResult func exchange(_ workload: Workload, atLeast minimum: Int, seconds: Int) -> Int {
    let end = ContinuousClock.now + .seconds(seconds)
    var sent = 0
    var answered = 0
    var waiting: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var isFirst = true
    while true {
      let isOver = sent >= minimum && ContinuousClock.now >= end
      if isOver && answered == sent && waiting.isEmpty { return answered }
      while !isOver && sent - answered < min(64, max(minimum, 1)) {
        sent += 1
        waiting += workload.line(sent).utf8
      }
      if !waiting.isEmpty {
        let count = unsafe write(input, waiting, waiting.count)
        if count > 0 { waiting.removeFirst(count) }
      }
      var entries = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: waiting.isEmpty ? -1 : input, events: Int16(POLLOUT), revents: 0),
      ]
      unsafe poll(&entries, 2, -1)
      let count = unsafe read(output, &chunk, chunk.count)
      if count == 0 { stop("the service ended") }
      guard count > 0 else { continue }
      if isFirst, chunk[..<count].contains(sequence: "\"error\"") {
        stop("the service answered \(String(decoding: chunk[..<count], as: UTF8.self))")
      }
      isFirst = false
      answered += chunk[..<count].count { $0 == UInt8(ascii: "\n") }
    }
  }

  /// Ends the service and answers the seconds of CPU that it took.
  func end() throws -> Double {
    close(input)
    var usage = rusage()
    var status: Int32 = 0
    while unsafe wait4(process, &status, 0, &usage) == -1 && errno == EINTR {}
    close(output)
    guard status == 0 else { throw BenchError("the service ended with status \(status)") }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

extension Collection where Element == UInt8 {
  fileprivate func contains(sequence text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
