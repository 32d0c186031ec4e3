internal import CLinux
import Glibc

/// Bytes on their way out, written without ever blocking.
///
/// The descriptor is not made nonblocking, since the parent may share it. POLLOUT alone does not help: a pipe that
/// polls writable still blocks a large write (measured). So sockets get MSG_DONTWAIT, pipes RWF_NOWAIT or, where the
/// kernel has that not for pipes, at most PIPE_BUF bytes each time poll names them; files never block.
struct Output {
  private enum Kind { case socket, pipe, file }

  let descriptor: Int32
  private let kind: Kind
  private var canWriteNow = true
  private var chunks: [[UInt8]] = []
  /// Bytes of the first chunk that are written.
  private var offset = 0
  private(set) var count = 0

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    var status = stat()
    _ = unsafe fstat(descriptor, &status)
    switch status.st_mode & S_IFMT {
    case S_IFSOCK: kind = .socket
    // A terminal is taken like a pipe.
    case S_IFIFO, S_IFCHR: kind = .pipe
    default: kind = .file
    }
  }

  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    chunks.append(bytes)
    count += bytes.count
  }

  /// Writes what fits; false when nobody reads any more.
  ///
  /// - Parameter isReady: whether poll has just named the descriptor.
  mutating func flush(isReady: Bool) -> Bool {
    while let chunk = chunks.first {
      let written = unsafe chunk.withUnsafeBytes { bytes in
        unsafe write(UnsafeRawBufferPointer(rebasing: bytes[offset...]), isReady: isReady)
      }
      if written < 0 { return errno == EAGAIN || errno == EINTR || errno == EWOULDBLOCK }
      guard written > 0 else { return true }
      offset += written
      count -= written
      if offset == chunk.count {
        chunks.removeFirst()
        offset = 0
      }
      // After one piece the pipe may be full; only poll can tell.
      if kind == .pipe, !canWriteNow { return true }
    }
    return true
  }

  private mutating func write(_ bytes: UnsafeRawBufferPointer, isReady: Bool) -> Int {
    switch kind {
    case .socket:
      return unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    case .file: return unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    case .pipe:
      if canWriteNow {
        var part = unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
        let written = unsafe pwritev2(descriptor, &part, 1, -1, DESK_RWF_NOWAIT)
        if written >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL) { return written }
        canWriteNow = false
      }
      guard isReady || Self.isWritable(descriptor) else { return 0 }
      return unsafe Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, Int(PIPE_BUF)))
    }
  }

  static func isWritable(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return unsafe poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLOUT) != 0
  }
}
