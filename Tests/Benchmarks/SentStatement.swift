/// A statement as the server logged it: `LOG:  execute name: text`, then `DETAIL:  parameters: $1 = 'value', $2 = NULL`.
struct SentStatement: Equatable {
  var text: String
  var parameters: [String?] = []

  static func all(in log: String) -> [SentStatement] {
    var statements: [SentStatement] = []
    // A line that goes on starts with a tab.
    for entry in log.replacing("\n\t", with: "\u{1}").split(separator: "\n") {
      let entry = entry.replacing("\u{1}", with: "\n")
      if let start = entry.firstRange(of: "LOG:  execute "), let text = entry[start.upperBound...].firstRange(of: ": ")
      {
        statements.append(SentStatement(text: String(entry[text.upperBound...])))
      } else if let start = entry.firstRange(of: "DETAIL:  parameters: "), !statements.isEmpty {
        statements[statements.count - 1].parameters = values(entry[start.upperBound...])
      }
    }
    return statements
  }

  /// `$1 = 'it''s', $2 = NULL, $3 = 'b'`
  private static func values(_ list: Substring) -> [String?] {
    var values: [String?] = []
    var rest = list
    while let sign = rest.firstRange(of: " = ") {
      rest = rest[sign.upperBound...]
      guard rest.first == "'" else {
        values.append(nil)
        continue
      }
      var value = ""
      rest = rest.dropFirst()
      while let end = rest.firstIndex(of: "'") {
        value += rest[..<end]
        rest = rest[rest.index(after: end)...]
        guard rest.first == "'" else { break }
        value += "'"
        rest = rest.dropFirst()
      }
      values.append(value)
    }
    return values
  }
}
