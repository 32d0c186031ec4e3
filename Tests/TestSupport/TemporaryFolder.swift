import Glibc
import Postgres
import Synchronization

/// A folder under TMPDIR that is removed when the process ends, even by a crash or SIGKILL, after the servers of the
/// private clusters in it were ended.
///
/// A shell outside of our session does it: it waits for the end of file of a pipe whose other end only we hold.
public struct TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let output = try Command(["/bin/mktemp", "-d", parent + "/deskpipe-test-XXXXXX"]).run()
    path = output.split(separator: "\n").first.map(String.init) ?? ""
    // Root's clusters run as another user, who has to get through.
    _ = try Command(["/bin/chmod", "0711", path]).run()
    try Janitor.shared.withLock { janitor throws in try janitor.watch(path) }
  }
}

private struct Janitor {
  static let shared = Mutex(Janitor())

  private var children: [(process: pid_t, pipe: Int32)] = []

  mutating func watch(_ path: String) throws {
    if children.isEmpty {
      atexit { Janitor.shared.withLock { $0.finish() } }
    }
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let silence = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    let script = """
      read line
      for file in "$1"/*/data/postmaster.pid; do
        [ -e "$file" ] && read pid < "$file" && kill -QUIT "$pid"
        for try in $(seq 200); do [ -e "$file" ] && sleep 0.05; done
      done
      rm -rf -- "$1"
      """
    let process = try Command(["/bin/sh", "-c", script, "janitor", path]).launch(input: ends[0], output: silence)
    close(ends[0])
    close(silence)
    children.append((process, ends[1]))
  }

  mutating func finish() {
    for child in children {
      close(child.pipe)
      waitpid(child.process, nil, 0)
    }
    children = []
  }
}
