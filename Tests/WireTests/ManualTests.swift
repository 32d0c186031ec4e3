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

  /// The synopsis and the description of a command have its flags, and no others.
  @Test func namesEveryFlagOfEachCommand() throws {
    let dump = try Run(["--experimental-dump-help"])
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(dump.output.utf8)) as? [String: Any])
    let commands = try #require((root["command"] as? [String: Any])?["subcommands"] as? [[String: Any]])
    var count = 0
    for command in commands where command["commandName"] as? String != "help" {
      for (words, flags) in Self.flags(of: command) {
        #expect(Set(Self.flags(in: synopsis(words))) == flags, "the synopsis of \(words)")
        let section = description(words)
        #expect(flags.isSubset(of: Self.flags(in: section)), "the description of \(words)")
        let items = section.split(separator: "\n").filter { $0.hasPrefix(".It ") }.joined(separator: "\n")
        #expect(flags.isSuperset(of: Self.flags(in: items)), "the description of \(words)")
        count += flags.count
      }
    }
    #expect(count > 30)
  }

  /// The flags of a command, and of those below it, that are no settings.
  private static func flags(of command: [String: Any], below: String = "") -> [(words: String, flags: Set<String>)] {
    let words = (below + " " + (command["commandName"] as? String ?? "")).trimmingSpaces()
    let children = command["subcommands"] as? [[String: Any]] ?? []
    guard children.isEmpty else { return children.flatMap { flags(of: $0, below: words) } }
    let names = (command["arguments"] as? [[String: Any]] ?? []).flatMap { $0["names"] as? [[String: Any]] ?? [] }
    let long = names.filter { $0["kind"] as? String == "long" }.compactMap { $0["name"] as? String }
    let others = Set(
      Setting.allCases.compactMap { $0.flag.map { String($0.dropFirst(2)) } } + ["config", "version", "help"])
    return [(words, Set(long).subtracting(others))]
  }

  private func synopsis(_ words: String) -> String {
    let all = page.split(separator: ".Sh SYNOPSIS")[1].split(separator: ".Sh DESCRIPTION")[0]
    return all.replacing("\n.Op Cm", with: "\n.Cm").split(separator: "\n.Nm\n").first { form in
      let line = form.split(separator: "\n").prefix { $0.hasPrefix(".Cm ") }.joined(separator: " ")
        .replacing(".Cm ", with: "")
      return line == words || line.hasPrefix(words + " ") || words.hasPrefix("db ") && line.hasPrefix("db ")
    }.map(String.init) ?? ""
  }

  private func description(_ words: String) -> String {
    let rest = page.split(separator: "\n.It Cm \(words)\n").dropFirst().first ?? ""
    return String(rest.split(separator: "\n.It Cm ")[0].split(separator: "\n.Sh ")[0])
  }

  private static func flags(in text: String) -> [String] {
    text.matches(of: /Fl -([a-z][a-z-]*)/).map { String($0.1) }
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
