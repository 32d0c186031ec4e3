import JSON

/// Reads a query in the search language.
///
/// All parts must hold. Values between commas are alternatives, a minus sign turns a part around. The language is
/// described for people in protocol/search.md.
struct SearchParser {
  typealias Part = SearchLexer.Part

  var query = SearchQuery()
  var fields = 0

  static func parse(_ text: String) throws(SearchError) -> SearchQuery {
    var parser = SearchParser()
    for part in try SearchLexer.parts(of: text) {
      if let qualifier = part.qualifier {
        try parser.read(part, qualifier)
      } else {
        try parser.addTerm(part.values[0], part, isInSubject: false)
      }
    }
    return parser.query
  }

  private mutating func read(_ part: Part, _ qualifier: Part.Text) throws(SearchError) {
    let name = qualifier.text.lowercased()
    guard let values = SearchVocabulary.values(of: name), part.detail == nil || name == "field" else {
      let names = SearchVocabulary.qualifiers.map(\.name)
      let full = part.detail.map { "\(qualifier.text).\($0.text)" } ?? qualifier.text
      let suggestion = SearchVocabulary.suggestion(for: qualifier.text, among: names)
      throw SearchError(.unknownQualifier(full, suggestion: suggestion), part.place)
    }
    for value in part.values where value.text.isEmpty {
      throw SearchError(.missingValue(name), value.place.length > 0 ? value.place : part.place)
    }
    switch values {
    case .statuses: try readStatuses(part)
    case .priorities: try readPriorities(part)
    case .times: try readTimes(part, name)
    case .numbers: try readNumbers(part)
    case .agents: try readOneOf(part, name, expected: "me, none, an agent's id or address", Self.isAgent)
    case .customers: try readOneOf(part, name, expected: "a customer's name, id or address") { _ in true }
    case .texts: try readOneOf(part, name, expected: "a tag") { _ in true }
    case .words:
      try refuseComparison(part, name)
      guard part.values.count == 1 else {
        throw SearchError(.badValue("a list", expected: "a word or a phrase"), part.place)
      }
      try addTerm(part.values[0], part, isInSubject: true)
    case .field: try readField(part)
    case .facts(let facts): try readFact(part, name, facts)
    }
  }

  // Words ------------------------------------------------------------------------------------------------------------

  private mutating func addTerm(_ value: Part.Text, _ part: Part, isInSubject: Bool) throws(SearchError) {
    var text = value.text
    var kind = SearchQuery.Term.Kind.phrase
    if !value.isQuoted {
      kind = .word
      if text.hasSuffix("*") {
        kind = .prefix
        text.removeLast()
        guard text.unicodeScalars.count(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) > 1
        else { throw SearchError(.shortPrefix, value.place) }
      }
      if text.contains("*") { throw SearchError(.starInside, value.place) }
    }
    guard text.unicodeScalars.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    else { throw SearchError(.noLetters, value.place) }
    guard query.terms.count < SearchQuery.maximumTerms else { throw SearchError(.tooManyTerms, part.place) }
    query.terms.append(.init(text: text, kind: kind, isNegated: part.isNegated, isInSubject: isInSubject))
  }

  // Shared -----------------------------------------------------------------------------------------------------------

  /// What a comparison with values means.
  func test(_ part: Part, _ values: [String]) throws(SearchError) -> SearchQuery.Condition.Test {
    guard let comparison = part.comparison, comparison != .equal else { return .oneOf(values) }
    guard values.count == 1 else {
      throw SearchError(.badValue("a list", expected: "one value to compare with"), part.place)
    }
    return switch comparison {
    case .atLeast: .range(from: .init(value: values[0]), to: nil)
    case .above: .range(from: .init(value: values[0], isOpen: true), to: nil)
    case .atMost: .range(from: nil, to: .init(value: values[0]))
    case .below, .equal: .range(from: nil, to: .init(value: values[0], isOpen: true))
    }
  }

  /// Both sides of `low..high`; nil where it is no range.
  func bounds(_ part: Part) throws(SearchError) -> (low: String, high: String)? {
    guard part.values.count == 1, !part.values[0].isQuoted else { return nil }
    let value = part.values[0]
    let sides = value.text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    guard part.comparison == nil, !sides[0].isEmpty, !sides[1].isEmpty else {
      throw SearchError(.badRange, value.place)
    }
    return (String(sides[0]).lowercased(), String(sides[1]).lowercased())
  }

  func refuseComparison(_ part: Part, _ name: String) throws(SearchError) {
    if part.comparison != nil { throw SearchError(.noComparison(name), part.place) }
  }

  mutating func add(
    _ part: Part, _ subject: String, _ test: SearchQuery.Condition.Test, named name: String? = nil
  ) {
    query.conditions.append(
      .init(subject: subject, name: name, test: test, isNegated: part.isNegated, place: part.place))
  }
}
