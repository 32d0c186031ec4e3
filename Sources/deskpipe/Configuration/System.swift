import Glibc
import Postgres

/// The process's environment as a dictionary.
enum Environment {
  static var current: [String: String] {
    var result: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe environ
    while unsafe entry?.pointee != nil, let text = unsafe entry?.pointee {
      let pair = unsafe String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
      unsafe entry = entry?.advanced(by: 1)
    }
    return result
  }

  /// The environment without deskpipe's own settings, for a program that has no need of its secrets.
  static var withoutSettings: [String: String] {
    let names = Set(Setting.allCases.map(\.environment))
    return current.filter { !names.contains($0.key) }
  }
}

/// The whole of a file, or nil with errno set.
func readFile(_ path: String) -> [UInt8]? {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  return readAll(descriptor)
}

/// Everything up to the end, but hardly more than `limit` bytes, or nil with errno set.
func readAll(_ descriptor: Int32, limit: Int = .max) -> [UInt8]? {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    if count < 0 && errno == EINTR { continue }
    if count < 0 { return nil }
    bytes += buffer[0..<count]
    if count == 0 || bytes.count >= limit { return bytes }
  }
}

/// Writes all of a text to a descriptor that may block; for commands only.
func writeAll(_ text: String, to descriptor: Int32) {
  _ = write(Array(text.utf8), to: descriptor)
}

/// Writes all bytes to a descriptor that may block; false where nobody takes them.
func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var offset = 0
  while offset < bytes.count {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    offset += count
  }
  return true
}

/// Has a file hold these bytes, whole or not at all; they are on the disk when this returns, as far as the file system
/// says so.
func replaceFile(_ path: String, with bytes: [UInt8]) throws {
  let failure = { Complaint("\(path) cannot be written: \(errorText())") }
  let temporary = "\(path).new"
  let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw failure() }
  let isWritten = write(bytes, to: descriptor) && fsync(descriptor) == 0
  guard close(descriptor) == 0, isWritten, unsafe rename(temporary, path) == 0 else { throw failure() }
  // The name is on the disk when its folder is; not every folder may be read, nor every file system asked for it.
  let end = path.lastIndex(of: "/")
  let folder = unsafe open(end.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  if folder < 0, errno == EACCES { return }
  guard folder >= 0 else { throw failure() }
  defer { close(folder) }
  guard fsync(folder) == 0 || errno == EINVAL else { throw failure() }
}

extension StringProtocol {
  func trimmingSpaces() -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    let start = drop(while: isSpace)
    return String(start.reversed().drop(while: isSpace).reversed())
  }
}
