import Glibc

/// Reads a descriptor to its end; what goes beyond `limit` bytes is read and dropped.
func readAll(_ descriptor: Int32, limit: Int) -> String {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = unsafe read(descriptor, &chunk, chunk.count)
    if count < 0 && errno == EINTR { continue }
    if count <= 0 { break }
    bytes += chunk[..<count].prefix(limit - bytes.count)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// At most 64 KiB of a file's text; nil where it can't be read.
func fileText(_ path: String, from start: Int = 0) -> String? {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  if start > 0 { lseek(descriptor, start, SEEK_SET) }
  return readAll(descriptor, limit: 65_536)
}

/// Writes a file; appends to one that is there unless `replacing`.
///
/// Root writes into folders of another user here, who must not be able to lead it elsewhere by a link.
func writeFile(_ path: String, _ text: String, replacing: Bool) throws(ClusterError) {
  let start = replacing ? O_TRUNC : O_APPEND
  let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | start, 0o600)
  guard descriptor >= 0 else { throw ClusterError("\(path) cannot be written: \(errorText())") }
  defer { close(descriptor) }
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { throw ClusterError("\(path) cannot be written: \(errorText())") }
    rest = rest.dropFirst(count)
  }
}

func fileExists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }
