import Glibc
import Postgres

/// Where a reader of events goes on, in a file that holds either what it held or all of the new.
struct CursorFile: Sendable {
  let path: String

  /// Keeps every other process off until this one ends: two would deliver everything twice.
  init(locking path: String) throws {
    self.path = path
    let descriptor = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Complaint("\(path).lock cannot be made: \(errorText())", code: 2) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Complaint("another process goes by the cursor in \(path)", code: 2)
    }
  }

  /// The cursor; nil where there is no file yet.
  func read() throws -> String? {
    guard let bytes = readFile(path) else {
      guard errno == ENOENT else { throw Complaint("\(path) cannot be read: \(errorText())", code: 2) }
      return nil
    }
    let cursor = String(decoding: bytes, as: UTF8.self).trimmingSpaces()
    guard (1...200).contains(cursor.utf8.count) else { throw Complaint("\(path) holds no cursor", code: 2) }
    return cursor
  }

  /// Is on the disk when this returns.
  func write(_ cursor: String) throws { try replaceFile(path, with: Array((cursor + "\n").utf8)) }
}
