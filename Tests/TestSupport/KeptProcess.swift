import Glibc
import Postgres

/// A shell, and what it starts, that ends with this process, however that ends: it waits for the end of a pipe whose
/// other end only we hold.
struct KeptProcess: Sendable {
  private let process: pid_t
  private let pipe: Int32

  /// - Parameter script: what sh runs; it has to end when its stdin does.
  init(_ script: String, _ arguments: [String], appendingTo log: String) throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&ends) == 0 else { throw KeyServerError("no pipe: \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let output = unsafe open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    defer {
      close(ends[0])
      close(output)
    }
    process = try Command(["/bin/sh", "-c", script, "keeper"] + arguments).launch(input: ends[0], output: output)
    pipe = ends[1]
  }

  func end() {
    close(pipe)
    waitpid(process, nil, 0)
  }
}
