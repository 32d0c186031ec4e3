import Glibc
import Logging

/// What the operator may want to know, on stderr.
///
/// A client that never reads stderr must not freeze the service: a message that does not fit is dropped.
struct Diagnostics: Sendable {
  private let logger: Logger

  init(level: Logger.Level) {
    logger = Logger(label: "deskpipe") { _ in DroppingHandler(logLevel: level) }
  }

  func warn(_ message: String) { logger.warning("\(message)") }
  func info(_ message: String) { logger.info("\(message)") }
}

private struct DroppingHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  init(logLevel: Logger.Level) { self.logLevel = logLevel }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line = Array("deskpipe: \(event.level): \(event.message)\n".utf8.prefix(Int(PIPE_BUF)))
    // PIPE_BUF bytes never block a pipe that polls writable.
    guard Output.isWritable(2) else { return }
    _ = unsafe write(2, line, line.count)
  }
}
