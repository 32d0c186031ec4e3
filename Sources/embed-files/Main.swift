import Glibc

/// Writes one Swift file with the texts of others.
///
/// Usage: `embed-files migrations OUTPUT [FILE ...]` for SQL files with their names and their SHA-256; a file's folder
/// tells what it is: `demo/` is the demo desk, all else is a migration. `embed-files examples OUTPUT [FILE ...]` for
/// JSON files.
@main enum Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { stop("usage: embed-files migrations|examples OUTPUT [FILE ...]") }
    let (kind, output, files) = (arguments[0], arguments[1], arguments.dropFirst(2))
    switch kind {
    case "migrations": save(migrations(files.map(read)), to: output)
    case "examples": save(examples(files.map(text(of:))), to: output)
    default: stop("\(kind) is neither migrations nor examples")
    }
  }

  private static func migrations(_ inputs: [Input]) -> String {
    checkNumbers(inputs.filter { !$0.isDemo })
    var text = "// Made from migrations/ by embed-files.\n"
    text += "enum EmbeddedFiles {\n"
    text += list("migrations", inputs.filter { !$0.isDemo })
    text += list("demo", inputs.filter(\.isDemo))
    return text + "}\n"
  }

  private static func examples(_ files: [String]) -> String {
    var text = "// Made from protocol/examples/ by embed-files.\n"
    text += "enum EmbeddedExamples {\n  static let texts: [String] = [\n"
    for file in files { text += "    \(literal(unindented(file))),\n" }
    return text + "  ]\n}\n"
  }

  /// JSON without its lines and their indentation; no string of JSON holds the end of a line.
  private static func unindented(_ text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
  }

  private static func list(_ name: String, _ inputs: [Input]) -> String {
    var text = "  static let \(name): [Migration] = [\n"
    for input in inputs {
      text += "    Migration(number: \(input.number), name: \(literal(input.name)), "
      text += "checksum: \"\(input.checksum)\", sql: \(literal(input.text))),\n"
    }
    return text + "  ]\n"
  }

  private static func checkNumbers(_ inputs: [Input]) {
    for (first, second) in zip(inputs, inputs.dropFirst()) where first.number >= second.number {
      stop("migrations \(first.name) and \(second.name) have the same number")
    }
  }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\0"..<" ", "\u{7F}": result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
