import ArgumentParser
import Desk
import Glibc

@main
struct Deskpipe: ParsableCommand {
  static let version = Description.release

  static let configuration = CommandConfiguration(
    commandName: "deskpipe",
    abstract: "A customer-support desk behind a pipe: JSON-RPC 2.0 on stdin and stdout, PostgreSQL behind it.",
    version: version,
    subcommands: [
      Serve.self, Demo.self, Migrate.self, Maintain.self, CallCommand.self, Events.self, ImportCommand.self,
      ExportCommand.self, OpenRPC.self, Types.self, TokenCommand.self, Doctor.self, Database.self, Completion.self,
    ],
    defaultSubcommand: Serve.self)

  static func main() {
    Wire.claim()
    do {
      // Whoever spawns it for each session waits for it: finding nothing in all the commands' tables takes 5 ms.
      if [[], ["serve"]].contains(CommandLine.arguments.dropFirst()) { try Serve.serve(Configuration(nil)) }
      var command = try parseAsRoot()
      try command.run()
      end(0)
    } catch {
      leave(error)
    }
  }

  /// Ends with one sentence: 2 where the configuration cannot work, 1 where something failed.
  private static func leave(_ error: any Error) -> Never {
    if let code = error as? ExitCode { end(code.rawValue) }
    // Help and the version were asked for, so that they belong to stdout; everything else is a complaint.
    if exitCode(for: error) == .success {
      writeAll(fullMessage(for: error) + "\n", to: Wire.output)
      end(0)
    }
    switch error {
    case let error as ConfigurationError: end(2, "\(error)")
    case let error as Complaint: end(error.code, error.description)
    default: end(2, fullMessage(for: error), isSentence: false)
    }
  }

  private static func end(_ code: Int32, _ message: String, isSentence: Bool = true) -> Never {
    if !message.isEmpty { writeAll((isSentence ? "deskpipe: " : "") + message + "\n", to: 2) }
    end(code)
  }

  /// Ends at once: exit(3) would have libcrypto tidy up under the thread that is opening a connection (atexit(3)).
  static func end(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}

/// A failure of a command, in one sentence.
struct Complaint: Error, CustomStringConvertible {
  let description: String
  let code: Int32

  init(_ description: String, code: Int32 = 1) {
    self.description = description.trimmingSpaces()
    self.code = code
  }
}

/// Descriptor 1 is the wire. It is moved away before anything else happens, so that a stray print, of a library too,
/// goes to stderr and not between two answers.
enum Wire {
  static func claim() { _ = (output, parent) }

  /// Who started the process; looked at first thing, since a later look may find who adopted it.
  static let parent = getppid()

  /// What was descriptor 1.
  static let output: Int32 = {
    let wire = fcntl(1, F_DUPFD_CLOEXEC, 3)
    dup2(2, 1)
    return wire
  }()
}
