import Desk
import Glibc
import JSON
import Postgres

/// A conversation with a desk that this process serves to itself: over pipes, on a thread of the loop's own.
///
/// So commands know the wire and nothing else, and both ends are as bounded as with any other client.
final class Talk {
  private let input: Int32
  private let output: Int32
  private var buffer = [UInt8](repeating: 0, count: 256 * 1024)
  private var lines = LineFramer(limit: 64 << 20)
  private var waiting: [[UInt8]] = []
  private var count = 0

  init(_ serving: Serving) throws {
    var requests: [Int32] = [-1, -1]
    var answers: [Int32] = [-1, -1]
    guard unsafe pipe(&requests) == 0, unsafe pipe(&answers) == 0 else { throw Complaint("no pipe: \(errorText())") }
    for end in requests + answers { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    input = requests[1]
    output = answers[0]
    let (source, sink) = (requests[0], answers[1])
    let handed = Handed(serving: serving)
    try Self.start {
      // What waits for an answer is told that the desk has ended, and this is why.
      do { _ = try handed.serving.run(input: source, output: sink, grace: 600_000_000_000) } catch {
        writeAll("deskpipe: \(error)\n", to: 2)
      }
      close(sink)
      close(source)
    }
  }

  /// Sends a call; answers its id.
  func send(_ method: String, _ params: [UInt8]) throws -> Int {
    count += 1
    var line = Array("{\"jsonrpc\":\"2.0\",\"id\":\(count),\"method\":\(Line.quoted(method)),\"params\":".utf8)
    line += params
    line += Array("}\n".utf8)
    guard write(line, to: input) else { throw Complaint("the desk has ended") }
    return count
  }

  /// The next line that comes; nil after the last.
  func line() -> [UInt8]? {
    while waiting.isEmpty {
      let count = unsafe read(output, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      lines.append(buffer.span.extracting(0..<count)) { if case .line(let line) = $0 { waiting.append(line) } }
    }
    return waiting.removeFirst()
  }

  private static func start(_ work: @escaping @Sendable () -> Void) throws {
    let parcel = unsafe Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument { unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, unsafe parcel.toOpaque())
    guard failure == 0 else { throw Complaint("no thread: \(errorText(failure))") }
    pthread_detach(thread)
  }
}

/// What a thread is given: it alone uses that from then on, hence `@unchecked Sendable`.
private struct Handed: @unchecked Sendable {
  let serving: Serving
}

private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
