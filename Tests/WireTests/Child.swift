import Foundation
import Glibc
import Postgres
import TestSupport
import Token

/// The real binary over real pipes.
final class Child {
  private let process = Process()
  private var input: Int32
  private var output: Int32
  private var buffer: [UInt8] = []
  /// How much of it holds no LF.
  private var searched = 0
  let errors: URL

  /// Built beside the tests.
  static let binary: URL = {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appending(path: "deskpipe")
  }()

  enum Channel { case pipe, socket }

  /// Between pipe(2) and FD_CLOEXEC another test's child would inherit the ends.
  private static let spawning = NSLock()

  /// Gone with this process, however that ends.
  private static let logs = Result { try TemporaryFolder().path }

  init(
    _ arguments: [String], environment: [String: String] = [:], over channel: Channel = .pipe,
    program: URL = Child.binary
  ) throws {
    Self.spawning.lock()
    defer { Self.spawning.unlock() }
    let (theirInput, ours) = try Self.pair(channel)
    let (theirOutput, mine) = try Self.pair(channel, isReversed: true)
    input = ours
    output = mine
    errors = URL(filePath: try Self.logs.get()).appending(path: "\(UUID().uuidString).log")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    process.executableURL = program
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/root"].merging(environment) { $1 }
    process.standardInput = FileHandle(fileDescriptor: theirInput, closeOnDealloc: false)
    process.standardOutput = FileHandle(fileDescriptor: theirOutput, closeOnDealloc: false)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    close(theirInput)
    close(theirOutput)
  }

  deinit {
    closeInput()
    closeOutput()
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: errors)
  }

  private static func pair(_ channel: Channel, isReversed: Bool = false) throws -> (theirs: Int32, ours: Int32) {
    var ends: [Int32] = [-1, -1]
    let failure =
      switch channel {
      case .pipe: unsafe pipe(&ends)
      case .socket: unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
      }
    guard failure == 0 else { throw POSIXError(.EMFILE) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return isReversed ? (ends[1], ends[0]) : (ends[0], ends[1])
  }

  var pid: pid_t { process.processIdentifier }

  /// Writes all of it, however slowly it is taken; false where nobody reads.
  @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult func send(_ bytes: [UInt8]) -> Bool {
    signal(SIGPIPE, SIG_IGN)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(input, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  func closeOutput() {
    if output >= 0 { close(output) }
    output = -1
  }

  /// The next line without its LF; nil at the end, or when none comes in time.
  func line(within seconds: Double = 10) -> String? {
    let end = Clock.now + UInt64(seconds * 1e9)
    while true {
      if let index = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer {
          buffer.removeSubrange(...index)
          searched = 0
        }
        return String(decoding: buffer[..<index], as: UTF8.self)
      }
      searched = buffer.count
      let now = Clock.now
      guard now < end else { return nil }
      var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&entry, 1, Int32((end - now) / 1_000_000) + 1) > 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 256 * 1024)
      let count = unsafe read(output, &chunk, chunk.count)
      guard count > 0 else { return nil }
      buffer += chunk[0..<count]
    }
  }

  /// Everything up to the end of the output.
  func lines(within seconds: Double = 20) -> [String] {
    var all: [String] = []
    while let line = line(within: seconds) { all.append(line) }
    return all
  }

  /// The exit status; nil when it does not come in time.
  func status(within seconds: Double = 10) -> Int32? {
    let end = Clock.now + UInt64(seconds * 1e9)
    while process.isRunning, Clock.now < end { poll(nil, 0, 5) }
    return process.isRunning ? nil : process.terminationStatus
  }

  /// The processes that it has started and that are there.
  func children() -> [pid_t] {
    let text = (try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  var errorText: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
}

/// A demo desk that binaries are pointed at, by a file of settings alone.
struct Desk {
  let database: TestDatabase
  let settings: URL
  static let signer: Signer = {
    do { return try Signer.generate() } catch { preconditionFailure("no key: \(error)") }
  }()
  static let issuer = "https://clerk.test.example"

  init(_ more: [String: String] = [:]) throws {
    database = try TestCluster.createDemoDatabase()
    settings = URL(filePath: try TemporaryFolder().path).appending(path: "deskpipe.json")
    let values = [
      "database": database.endpoints.serve, "owner_database": database.endpoints.owner,
      "clerk_jwt_key": Self.signer.publicPEM, "clerk_issuer": Self.issuer, "log_level": "error",
    ].merging(more) { $1 }
    try JSONSerialization.data(withJSONObject: values).write(to: settings)
    guard unsafe chmod(settings.path, 0o600) == 0 else { throw POSIXError(.EPERM) }
  }

  func serve(over channel: Child.Channel = .pipe) throws -> Child {
    try Child(["serve", "--config", settings.path], over: channel)
  }

  static func token(
    lifetime: Int = 60, role: String = "admin", subject: String = DemoDesk.admin
  ) throws -> String {
    let now = Clock.milliseconds / 1000
    return try signer.token(
      header: #"{"alg":"RS256","typ":"JWT","kid":"test"}"#,
      claims: """
        {"iss":"\(issuer)","sub":"\(subject)","sid":"sess_test","v":2,\
        "o":{"id":"\(DemoDesk.organization)","rol":"\(role)"},"iat":\(now - 1),"exp":\(now - 1 + lifetime)}
        """)
  }

  /// A line that opens the default session.
  static func opening(id: Int = 0) throws -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"session.open","params":{"token":"\#(try token())","default":true}}"# + "\n"
  }
}
