internal import CLinux
import Glibc
import Postgres

/// This program once more: a child that serves a desk to us alone, over two pipes.
///
/// It ends when its input does, and so when we are gone, however that came.
final class DeskProcess {
  /// Where requests go; writing never blocks. -1 once it is closed.
  private(set) var input: Int32
  /// Where lines come from.
  let output: Int32
  let id: pid_t
  private var status: Int32?

  /// Milliseconds that it has to end in when its input has.
  private static let patience: Int32 = 5_000

  /// - Parameters:
  ///   - name: a command that serves.
  ///   - environment: with the settings of the desk.
  ///   - program: the binary; nil for this one.
  init(_ name: String, environment: [String: String], program: String? = nil) throws {
    let (theirInput, ours) = try Self.pair()
    let (mine, theirOutput) = try Self.pair()
    // A part of an export at a time instead of 64 KiB; where the system allows less, so be it.
    _ = fcntl(mine, DESK_F_SETPIPE_SZ, 1 << 20)
    defer {
      close(theirInput)
      close(theirOutput)
    }
    _ = fcntl(ours, F_SETFL, O_NONBLOCK)
    // Writing to who has ended is told by EPIPE.
    _ = signal(SIGPIPE, SIG_IGN)
    var command = Command([try program ?? Self.program.get(), name], environment: environment)
    command.errors = .ours
    command.folder = nil
    do { id = try command.launch(input: theirInput, output: theirOutput) } catch {
      close(ours)
      close(mine)
      throw Complaint("\(error)")
    }
    input = ours
    output = mine
  }

  deinit {
    end()
    close(output)
  }

  private func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Has it end, by force where it does not; answers its exit code, 128 and the signal's number where that was one.
  @discardableResult func end() -> Int32 {
    if let status { return status }
    closeInput()
    var raw: Int32 = 0
    var waited: Int32 = 0
    while unsafe waitpid(id, &raw, waited < Self.patience ? WNOHANG : 0) == 0 {
      poll(nil, 0, 5)
      waited += 5
      if waited >= Self.patience { kill(id, SIGKILL) }
    }
    let code = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
    status = code
    return code
  }

  private static func pair() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw Complaint("no pipe: \(errorText())") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Where this program is; looked up once, since it may be replaced by a newer one.
  private static let program = Result<String, any Error> {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    guard count > 0 else { throw Complaint("cannot find this program: \(errorText())") }
    return String(decoding: bytes[0..<count], as: UTF8.self)
  }
}
