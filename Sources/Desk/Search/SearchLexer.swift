/// Cuts a query into its parts: words, phrases and qualifiers with their values.
///
/// Places count Unicode scalars. Every scalar is looked at once, so that no query takes longer than its length.
struct SearchLexer {
  /// A word, a phrase, or a qualifier with what follows it.
  struct Part: Equatable {
    /// A piece between quotation marks, commas or blanks.
    struct Text: Equatable {
      var text: String
      var isQuoted: Bool
      var place: SearchPlace
    }

    enum Operator: String, CaseIterable {
      case atLeast = ">="
      case atMost = "<="
      case above = ">"
      case below = "<"
      case equal = "="
    }

    var isNegated: Bool
    /// The qualifier's name in lower case, such as status or field.
    var qualifier: Text?
    /// What stands behind the first dot of a qualifier.
    var detail: Text?
    var comparison: Operator?
    var values: [Text]
    var place: SearchPlace
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ query: String) { scalars = Array(query.unicodeScalars) }

  static func parts(of query: String) throws(SearchError) -> [Part] {
    var lexer = SearchLexer(query)
    return try lexer.parts()
  }

  private mutating func parts() throws(SearchError) -> [Part] {
    if scalars.count > SearchQuery.maximumLength {
      let rest = scalars.count - SearchQuery.maximumLength
      throw SearchError(.tooLong, SearchPlace(position: SearchQuery.maximumLength, length: rest))
    }
    if let control = scalars.firstIndex(where: { Self.isControl($0) }) {
      throw SearchError(.controlCharacter, SearchPlace(position: control, length: 1))
    }
    var parts: [Part] = []
    skipBlanks()
    while index < scalars.count {
      let part = try part()
      guard parts.count < SearchQuery.maximumParts else { throw SearchError(.tooManyParts, part.place) }
      parts.append(part)
      skipBlanks()
    }
    guard !parts.isEmpty else { throw SearchError(.empty, SearchPlace(position: 0, length: scalars.count)) }
    return parts
  }

  private mutating func part() throws(SearchError) -> Part {
    let start = index
    let isNegated = take("-")
    guard let first = current, !Self.isBlank(first) else {
      throw SearchError(.nothingToNegate, SearchPlace(position: start, length: 1))
    }
    var part = Part(isNegated: isNegated, values: [], place: SearchPlace(position: start, length: 0))
    if let name = try qualifier() {
      part.qualifier = name.name
      part.detail = name.detail
      part.comparison = comparison()
      part.values = try values()
    } else {
      part.values = [try text(endingAt: { _ in false })]
    }
    part.place = place(from: start)
    return part
  }

  /// A name before a colon; nothing is read where there is none.
  private mutating func qualifier() throws(SearchError) -> (name: Part.Text, detail: Part.Text?)? {
    let start = index
    while let scalar = current, Self.isNameScalar(scalar) { index += 1 }
    let name = piece(from: start)
    guard !name.text.isEmpty else { return nil }
    if take(":") { return (name, nil) }
    guard take(".") else {
      index = start
      return nil
    }
    let detailStart = index
    if current == "\"" {
      let detail = try quoted()
      guard take(":") else { throw SearchError(.missingValue("\(name.text).\(detail.text)"), place(from: start)) }
      return (name, detail)
    }
    while let scalar = current, !Self.isBlank(scalar), scalar != ":", scalar != "\"", scalar != "," { index += 1 }
    let detail = piece(from: detailStart)
    // "example.com" is a word; "field.:x" lacks its name.
    if take(":") { return (name, detail) }
    index = start
    return nil
  }

  private mutating func comparison() -> Part.Operator? {
    for candidate in Part.Operator.allCases where scalars[index...].starts(with: candidate.rawValue.unicodeScalars) {
      index += candidate.rawValue.unicodeScalars.count
      return candidate
    }
    return nil
  }

  private mutating func values() throws(SearchError) -> [Part.Text] {
    var values: [Part.Text] = []
    repeat {
      let value = try text(endingAt: { $0 == "," })
      guard values.count < SearchQuery.maximumValues else { throw SearchError(.tooManyValues, value.place) }
      values.append(value)
    } while take(",")
    return values
  }

  private mutating func text(endingAt isEnd: (Unicode.Scalar) -> Bool) throws(SearchError) -> Part.Text {
    if current == "\"" { return try quoted() }
    let start = index
    while let scalar = current, !Self.isBlank(scalar), !isEnd(scalar), scalar != "\"" { index += 1 }
    return piece(from: start)
  }

  /// What stands between quotation marks; a backslash keeps the next character as it is.
  private mutating func quoted() throws(SearchError) -> Part.Text {
    let start = index
    var text = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      if scalar == "\"" { return Part.Text(text: String(text), isQuoted: true, place: place(from: start)) }
      if scalar == "\\", let next = current {
        text.append(next)
        index += 1
      } else {
        text.append(scalar)
      }
    }
    throw SearchError(.unclosedQuote, SearchPlace(position: start, length: 1))
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while let scalar = current, Self.isBlank(scalar) { index += 1 }
  }

  private func piece(from start: Int) -> Part.Text {
    Part.Text(
      text: String(String.UnicodeScalarView(scalars[start..<index])), isQuoted: false, place: place(from: start))
  }

  private func place(from start: Int) -> SearchPlace { SearchPlace(position: start, length: index - start) }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  /// White space aside, what has no place in a text; U+0000 cannot even be stored.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control && !isBlank(scalar)
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || "a"..."z" ~= scalar || "A"..."Z" ~= scalar
  }
}
