import Glibc
import Postgres

/// A file with a token, that nobody else may read.
enum TokenFile {
  private static let maximumBytes = 64 * 1024

  /// Opens it once and asks the descriptor, so that what was checked is what is read.
  static func read(_ path: String) throws -> String {
    // Without O_NONBLOCK a pipe that nobody writes to would stop the whole process.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ELOOP ? "it is a link" : errorText()
      throw ConfigurationError(.tokenFile, "names \(path), which cannot be read: \(reason)")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ConfigurationError(.tokenFile, "names \(path), which is no regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ConfigurationError(.tokenFile, "names \(path), which others may read; chmod 600 it")
    }
    guard let bytes = readAll(descriptor, limit: maximumBytes + 1) else {
      throw ConfigurationError(.tokenFile, "names \(path), which cannot be read: \(errorText())")
    }
    guard bytes.count <= maximumBytes else {
      throw ConfigurationError(.tokenFile, "names \(path), which is larger than 64 KiB")
    }
    return String(decoding: bytes, as: UTF8.self).trimmingSpaces()
  }
}
