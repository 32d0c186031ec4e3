import CSpawn
import Glibc

/// A program run by posix_spawn with an environment of its own, away from our descriptors.
package struct Command {
  /// The program's path, then its arguments.
  package var arguments: [String]
  /// Where what it writes to stderr goes.
  package var errors = Errors.toOutput
  /// The folder that it runs in; nil for ours.
  package var folder: String? = "/"
  /// NAME=VALUE each.
  private var environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"]

  package enum Errors { case toOutput, nowhere, ours }

  package init(_ arguments: [String]) { self.arguments = arguments }

  /// With variables of the caller's instead of hardly any.
  package init(_ arguments: [String], environment: [String: String]) {
    self.arguments = arguments
    self.environment = environment.map { "\($0.key)=\($0.value)" }
  }

  /// - Parameter account: whom root runs it as; everybody else runs it as themselves.
  init(_ arguments: [String], as account: Account) {
    self.arguments = arguments
    if Account.isRoot {
      let identity = ["--reuid=\(account.user)", "--regid=\(account.group)", "--init-groups", "--"]
      self.arguments = ["/usr/bin/setpriv"] + identity + arguments
    }
  }

  /// Runs it to its end and answers what it wrote to stdout, and to stderr where that is kept, at most `limit` bytes.
  ///
  /// Throws when it can't be run or ends with anything but 0.
  package func run(limit: Int = 65_536) throws(ClusterError) -> String {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ClusterError("no pipe: \(errorText())") }
    // Another thread's child must not keep our end open.
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    defer { close(ends[0]) }
    let process: pid_t
    do throws(ClusterError) {
      process = try launch(output: ends[1])
    } catch {
      close(ends[1])
      throw error
    }
    close(ends[1])
    let output = readAll(ends[0], limit: limit)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) == -1 && errno == EINTR {}
    guard status == 0 else {
      let line = output.split(separator: "\n").last.map { ": \($0)" } ?? ""
      throw ClusterError("\(arguments.joined(separator: " ")) failed\(line)")
    }
    return output
  }

  /// Starts it with nothing open but `input`, where there is one, and `output`, and answers its process id.
  ///
  /// It gets a session of its own: neither a terminal's signals nor a reader that waits for our end of file meet it.
  package func launch(input: Int32? = nil, output: Int32) throws(ClusterError) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input {
      unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    switch errors {
    case .toOutput: unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    case .nowhere: unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    case .ours: break
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    if let folder { unsafe posix_spawn_file_actions_addchdir_np(&actions, folder) }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    // We ignore SIGPIPE, and what is ignored stays so in a new program.
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(DESK_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    let failure = unsafe withCStrings(arguments + [nil]) { arguments in
      unsafe withCStrings(environment + [nil]) { environment in
        guard let arguments = unsafe mutable(arguments), let environment = unsafe mutable(environment),
          let program = unsafe arguments.pointee
        else { return EINVAL }
        return unsafe posix_spawn(
          &process, program, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw ClusterError("\(arguments[0]) cannot be run: \(errorText(failure))") }
    return process
  }
}

/// posix_spawn's declaration lacks the const of its behaviour.
private func mutable(_ array: UnsafePointer<UnsafePointer<CChar>?>?) -> UnsafePointer<UnsafeMutablePointer<CChar>?>? {
  unsafe UnsafeRawPointer(array)?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
}

package func errorText(_ code: Int32 = errno) -> String { unsafe String(cString: strerror(code)) }
