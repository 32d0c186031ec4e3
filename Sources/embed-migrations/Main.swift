import Glibc

/// Writes one Swift file with the name, the SHA-256 and the text of every SQL file it is given.
///
/// Usage: `embed-migrations OUTPUT [FILE ...]`. A file's folder tells what it is: `demo/` is the demo desk, all else
/// is a migration.
@main enum Main {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else { stop("usage: embed-migrations OUTPUT [FILE ...]") }
    let inputs = arguments.dropFirst().map(read)
    checkNumbers(inputs.filter { !$0.isDemo })
    var text = "// Made from migrations/ by embed-migrations.\n"
    text += "enum EmbeddedFiles {\n"
    text += list("migrations", inputs.filter { !$0.isDemo })
    text += list("demo", inputs.filter(\.isDemo))
    text += "}\n"
    save(text, to: output)
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
