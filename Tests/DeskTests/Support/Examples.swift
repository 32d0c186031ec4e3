import Foundation
import JSON
import Postgres
import Testing

@testable import Desk

/// The examples of protocol/examples: one file a method.
struct Example: CustomTestStringConvertible {
  let method: String
  let name: String
  let person: TestDesk.Person?
  let before: [(method: String, params: String)]
  let params: String
  let result: JSONTree?
  let error: JSONTree?

  var testDescription: String { "\(method): \(name)" }

  static let all: [Example] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../protocol/examples")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap { read($0) }
  }()

  /// The first day of a period that all of the demo desk lies in. A day less than the longest, since it may be tomorrow
  /// somewhere, or soon.
  static var quarter: String { String(UTC.text(seconds: Clock.milliseconds / 1_000 - 90 * 86_400).prefix(10)) }

  private static func read(_ file: URL) -> [Example] {
    guard let text = try? String(contentsOf: file, encoding: .utf8), let tree = JSONTree(text),
      let method = tree["method"]?.string
    else { return [] }
    return (tree["examples"]?.elements ?? []).map { example in
      Example(
        method: method, name: example["name"]?.string ?? "",
        person: example["as"]?.string.flatMap(TestDesk.Person.init(rawValue:)),
        before: (example["before"]?.elements ?? []).map {
          ($0["method"]?.string ?? "", $0["params"]?.json ?? "{}")
        },
        params: (example["params"]?.json ?? "{}").replacing(
          "<tomorrow>", with: UTC.text(seconds: Clock.milliseconds / 1_000 + 86_400)
        ).replacing("<quarter>", with: quarter), result: example["result"],
        error: example["error"])
    }
  }
}

/// Whether an answer is the one of an example: ids, times and cursors may differ, nothing else.
func matches(_ answer: JSONTree, _ example: JSONTree, under name: String = "") -> Bool {
  switch (answer, example) {
  case (.object(let one), .object(let other)):
    // In an example a member called ... stands for all that are not shown.
    return (one.count == other.count || other["..."] != nil)
      && other.allSatisfy { key, value in
        key == "..." || one[key].map { matches($0, value, under: key) } ?? false
      }
  case (.array(let one), .array(let other)):
    return one.count == other.count && zip(one, other).allSatisfy { matches($0, $1, under: name) }
  case (.string(let one), .string(let other)):
    if one == other { return true }
    if ["session", "next_cursor", "transaction", "subscription"].contains(name) { return true }
    return kind(of: one) != nil && kind(of: one) == kind(of: other)
  default: return answer == example
  }
}

/// What may differ from run to run.
private func kind(of string: String) -> String? {
  if (try? Schema<String>.uuid.decode(Line.quoted(string))) != nil { return "uuid" }
  if (try? Schema<String>.time.decode(Line.quoted(string))) != nil { return "time" }
  if (try? Schema<String>.date.decode(Line.quoted(string))) != nil { return "date" }
  if (try? EventCursor(string)) != nil { return "cursor" }
  return nil
}
