import Glibc
import Postgres

/// A file with a token, that nobody else may read.
enum TokenFile {
  static func read(_ path: String) throws -> String {
    var status = stat()
    guard unsafe stat(path, &status) == 0, let bytes = readFile(path) else {
      throw ConfigurationError(.tokenFile, "names \(path), which cannot be read: \(errorText())")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ConfigurationError(.tokenFile, "names \(path), which others may read; chmod 600 it")
    }
    return String(decoding: bytes, as: UTF8.self).trimmingSpaces()
  }
}
