import ArgumentParser
import Desk
import Glibc
import JSON
import Postgres

struct CallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Makes one call and shows its result: indented on a terminal, as it came in a pipe.",
    discussion: "Exits 0 with a result, 1 with an error of the desk (shown on stderr), 2 with a faulty configuration.")

  @Argument(help: "The method, such as tickets.list.")
  var method: String

  @Argument(help: "The parameters, one JSON object; - reads them from stdin.")
  var params = "{}"

  @Flag(help: "Ask the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let configuration = try Configuration(flags)
    let params = try parameters()
    let serving = try demo ? DemoServing.make(configuration) : Serving(configuration)
    let request = try TemporaryFile()
    let answer = try TemporaryFile()
    writeAll(
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\(Line.quoted(method)),\"params\":\(params)}\n", to: request.descriptor)
    request.rewind()
    let ending = serving.run(input: request.descriptor, output: answer.descriptor, grace: Self.grace)
    answer.rewind()
    guard ending == .done, let bytes = readAll(answer.descriptor), !bytes.isEmpty else {
      throw Complaint("the desk did not answer in time")
    }
    try show(bytes)
  }

  /// Longer than any call may take; the request's own limits come first.
  private static let grace: UInt64 = 600_000_000_000

  private func parameters() throws -> String {
    let bytes = params == "-" ? readAll(0) ?? [] : Array(params.utf8)
    let isObject = (try? Document(bytes.span))?.withRoot { $0.kind == .object } ?? false
    guard isObject else { throw Complaint("the parameters must be one JSON object", code: 2) }
    return String(decoding: bytes, as: UTF8.self).replacing("\n", with: " ").replacing("\r", with: " ")
  }

  private func show(_ bytes: [UInt8]) throws {
    let isPretty = isatty(Wire.output) == 1
    guard let document = try? Document(bytes.span) else { throw Complaint("the desk's answer is not JSON") }
    let failure: String? = document.withRoot { root in
      root.member("error") { error in isatty(2) == 1 ? error.indented : error.json }
    }
    if let failure {
      writeAll(failure + "\n", to: 2)
      throw ExitCode(1)
    }
    if isPretty {
      let text = document.withRoot { root in root.member("result") { $0.indented } } ?? "null"
      return writeAll(text + "\n", to: Wire.output)
    }
    // The result's own bytes: after the envelope, before its last brace.
    let prefix = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"
    writeAll(String(decoding: bytes.dropFirst(prefix.utf8.count).dropLast(2), as: UTF8.self) + "\n", to: Wire.output)
  }
}

/// A file without a name, gone with its descriptor.
private struct TemporaryFile {
  let descriptor: Int32

  init() throws {
    var path = Array("/tmp/deskpipe-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&path)
    guard descriptor >= 0 else { throw Complaint("cannot make a temporary file: \(errorText())") }
    _ = unsafe unlink(path)
  }

  func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
