import ArgumentParser
import Foundation
import Testing

@testable import deskpipe

/// share/deskpipe.1 against the program that it describes.
@Suite struct ManualTests {
  private let page: String

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../share/deskpipe.1")
    page = try String(contentsOf: file.standardized, encoding: .utf8)
  }

  @Test(arguments: Setting.allCases) func namesEverySetting(_ setting: Setting) {
    let line = page.split(separator: "\n").first { $0.hasPrefix(".It Cm \(setting.rawValue) ") } ?? ""
    #expect(line.hasSuffix(" Ev \(setting.environment)"))
    #expect(setting.flag.map { line.contains(" Fl \($0.dropFirst()) ") } ?? !line.contains(" Fl "), "\(line)")
  }

  @Test(arguments: commands(of: Deskpipe.self)) func namesEveryCommand(_ command: String) {
    #expect(page.contains("\n.It Cm \(command)\n"))
  }

  /// The commands that do something, each with those above it.
  private static func commands(of type: any ParsableCommand.Type) -> [String] {
    type.configuration.subcommands.flatMap { child in
      let name = child.configuration.commandName ?? String(describing: child).lowercased()
      let below = commands(of: child)
      return below.isEmpty ? [name] : below.map { "\(name) \($0)" }
    }
  }
}
