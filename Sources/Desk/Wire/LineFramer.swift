import Glibc

/// Cuts what comes in into lines at LF, before anything is parsed: one bad line never spoils the next.
public struct LineFramer {
  public enum Frame: Equatable {
    /// A line without its LF; may be blank, and may end in CR.
    case line([UInt8])
    /// A line over the limit; its bytes are dropped as they come.
    case tooLong
  }

  private let limit: Int
  private var buffer: [UInt8] = []
  private var isDropping = false

  public init(limit: Int) { self.limit = limit }

  /// Takes the next bytes and hands out every line that they end.
  public mutating func append(_ bytes: Span<UInt8>, _ body: (Frame) -> Void) {
    unsafe bytes.withUnsafeBufferPointer { input in
      var start = 0
      while start < input.count {
        let rest = unsafe UnsafeBufferPointer(rebasing: input[start...])
        guard let end = unsafe Self.end(of: rest).map({ start + $0 }) else {
          unsafe keep(rest, body)
          return
        }
        unsafe keep(UnsafeBufferPointer(rebasing: input[start..<end]), body)
        endLine(body)
        start = end + 1
      }
    }
  }

  /// The input is over: a last line without LF counts.
  public mutating func finish(_ body: (Frame) -> Void) {
    if !buffer.isEmpty { endLine(body) }
  }

  private static func end(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = unsafe UnsafeRawPointer(bytes.baseAddress), let found = unsafe memchr(base, 0x0A, bytes.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }

  private mutating func keep(_ part: UnsafeBufferPointer<UInt8>, _ body: (Frame) -> Void) {
    guard !isDropping else { return }
    guard buffer.count + part.count <= limit else {
      isDropping = true
      buffer = []
      return body(.tooLong)
    }
    unsafe buffer.append(contentsOf: part)
  }

  private mutating func endLine(_ body: (Frame) -> Void) {
    defer { isDropping = false }
    guard !isDropping else { return }
    let line = buffer
    buffer = []
    body(.line(line))
  }
}
