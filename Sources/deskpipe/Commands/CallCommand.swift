import ArgumentParser
import CLinux
import Desk
import Glibc
import JSON
import Postgres

struct CallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Makes one call and shows its result: indented on a terminal, as it came in a pipe.",
    discussion: """
      Parameters are words, deskpipe call tickets.list status=open tags=vip,battery limit=3, or one JSON object. A value \
      is taken as its parameter's type says; behind := stands JSON, and a full stop leads into an object \
      (customer.email=ana@example.org).

      Exits 0 with a result, 1 with an error of the desk (shown on stderr), 2 with a faulty configuration or command line.
      """)

  @Argument(help: "The method, such as tickets.list.", completion: .custom { _, _, _ in CallCompletion.methods() })
  var method: String

  @Argument(
    help: "The parameters: name=value, name:=JSON, or one JSON object; - reads that from stdin.",
    completion: .custom { words, index, _ in CallCompletion.parameters(words, index) })
  var params: [String] = []

  @Flag(
    help: "Make the call again whenever something happens, and show each new result; of events.subscribe the events.")
  var watch = false

  @Flag(help: "Ask the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let configuration = try Configuration(flags)
    let params = try parameters()
    if watch {
      try requireWatchable()
      return try watch(configuration, params)
    }
    let serving = try demo ? DemoServing.make(configuration) : Serving(configuration)
    let request = try TemporaryFile()
    let answer = try TemporaryFile()
    writeAll(
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\(Line.quoted(method)),\"params\":\(params)}\n", to: request.descriptor)
    request.rewind()
    let ending = try serving.run(input: request.descriptor, output: answer.descriptor, grace: Self.grace)
    answer.rewind()
    guard ending == .done, let bytes = readAll(answer.descriptor), !bytes.isEmpty else {
      throw Complaint("the desk did not answer in time")
    }
    try show(bytes)
  }

  /// Longer than any call may take; the request's own limits come first.
  private static let grace: UInt64 = 600_000_000_000

  private func parameters() throws -> String {
    guard params.count == 1, let text = params.first, text == "-" || text.first == "{" || text.first == "[" else {
      return try CallParameters(method).json(params)
    }
    let object = text == "-" ? String(decoding: readAll(0) ?? [], as: UTF8.self) : text
    guard object.trimmingSpaces().hasPrefix("{"), CallParameters.isJSON(object) else {
      throw Complaint("the parameters must be one JSON object", code: 2)
    }
    return object.replacing("\n", with: " ").replacing("\r", with: " ")
  }

  private func requireWatchable() throws {
    let effect = Methods.all.first { $0.name == method }?.effect
    guard effect == nil || effect == .read else {
      throw Complaint("\(method) changes something; only what reads can be watched", code: 2)
    }
  }

  /// Until nobody reads the results any more, or the desk refuses.
  private func watch(_ configuration: Configuration, _ params: String) throws {
    let diagnostics = Diagnostics(level: try configuration.logLevel())
    let watch = CallWatch(
      client: try DeskClient(configuration, demo: demo, at: .end), method: method, params: params,
      isPretty: isatty(Wire.output) == 1,
      diagnostics: diagnostics)
    try DeskRefusal.shown { try watch.run() }
  }

  private func show(_ line: [UInt8]) throws {
    guard let answer = Answer(line) else { throw Complaint("the desk's answer is none") }
    let descriptor = answer.isError ? 2 : Wire.output
    writeAll((isatty(descriptor) == 1 ? answer.indented : answer.text) + "\n", to: descriptor)
    if answer.isError { throw ExitCode(1) }
  }
}

/// A file without a name, gone with its descriptor.
private struct TemporaryFile {
  let descriptor: Int32

  init() throws {
    let folder = Environment.current["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var path = Array("\(folder)/deskpipe-XXXXXX".utf8CString)
    descriptor = unsafe mkostemp(&path, O_CLOEXEC)
    guard descriptor >= 0 else { throw Complaint("cannot make a temporary file in \(folder): \(errorText())") }
    _ = unsafe unlink(path)
  }

  func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
