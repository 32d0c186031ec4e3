import ArgumentParser
import Desk

struct OpenRPC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openrpc",
    abstract: "Shows the OpenRPC document of this build: every method with its parameters, result and errors.",
    discussion: "What rpc.discover answers, without a desk.")

  @Flag(help: "Indent it, as protocol/openrpc.json is.")
  var pretty = false

  func run() throws {
    let document = Discover.document(version: Deskpipe.version, examples: MethodExamples.all)
    writeAll((pretty ? Discover.indented(document) : document) + "\n", to: Wire.output)
  }
}
