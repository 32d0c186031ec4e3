import Glibc

/// Signals as bytes on a pipe that the loop polls.
struct Signals {
  let descriptor: Int32

  /// SIGTERM, SIGINT and SIGHUP end the service as the end of its input does; SIGPIPE is ignored, since a reader that
  /// left is told by EPIPE.
  init() {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    bell.write(ends[1])
    _ = signal(SIGPIPE, SIG_IGN)
    Self.handle(by: { _ in
      // Only what signal-safety(7) allows may happen here.
      var ring: UInt8 = 1
      _ = unsafe write(bell.descriptor, &ring, 1)
    })
  }

  /// Has the same signals end the process at once with exit code 0: for what may be killed at any time.
  static func endTheProcess() { handle(by: { _ in _exit(0) }) }

  /// Has them do what they do by themselves.
  static func leaveThem() { handle(by: SIG_DFL) }

  /// Lets them through: a parent that blocks signals passes that on to its children.
  static func unblock() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    for number in all { unsafe sigaddset(&mask, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  private static let all = [SIGTERM, SIGINT, SIGHUP]

  private static func handle(by handler: sighandler_t?) {
    unblock()
    for number in all { _ = signal(number, handler) }
  }
}

/// The end of the pipe that signal handlers write to; a handler can reach nothing but a global.
private let bell = Bell()

private final class Bell: @unchecked Sendable {
  private(set) var descriptor: Int32 = -1

  /// Called once, before the handlers are installed.
  func write(_ descriptor: Int32) { self.descriptor = descriptor }
}
