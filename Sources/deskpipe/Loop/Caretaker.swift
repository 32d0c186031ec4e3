import Glibc
import Postgres

/// Looks after a private database for as long as this process serves it: nobody set up a timer for it.
///
/// Any number of processes may; the database lets one at a time. What becomes due while nobody serves is done when
/// somebody does again.
enum Caretaker {
  /// Seconds before the first time, so that a process that makes one call leaves it to those that stay, and between two.
  private static let delay: UInt32 = 10
  private static let interval: UInt32 = 60

  /// Goes on, on a thread of its own, until the process ends.
  static func start(_ conninfo: String) {
    Courier().send {
      sleep(delay)
      while true {
        // A server that is down is not this thread's to report; the calls do.
        if let session = try? Session(conninfo) { _ = Maintenance().run(session) }
        sleep(interval)
      }
    }
  }
}
