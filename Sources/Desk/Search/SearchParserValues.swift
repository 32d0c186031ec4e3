import JSON

/// The values of each kind of qualifier.
extension SearchParser {
  // Closed sets ------------------------------------------------------------------------------------------------------

  mutating func readStatuses(_ part: Part) throws(SearchError) {
    try refuseComparison(part, "status")
    var chosen: Set<String> = []
    for value in part.values { chosen.insert(try choice(value, of: "status", TicketShapes.statuses)) }
    let held = query.statuses ?? TicketShapes.statuses
    let left = held.filter { chosen.contains($0) != part.isNegated }
    guard !left.isEmpty else { throw SearchError(.contradiction("status"), part.place) }
    query.statuses = left
  }

  mutating func readPriorities(_ part: Part) throws(SearchError) {
    let names = TicketShapes.priorities
    var chosen: Set<Int> = []
    for value in part.values {
      let bounds = value.isQuoted ? [] : value.text.split(separator: "..", omittingEmptySubsequences: false)
      if bounds.count == 2 {
        try refuseComparison(part, "priority")
        let ranks = try bounds.map { bound throws(SearchError) in
          try rank(Part.Text(text: String(bound), isQuoted: false, place: value.place))
        }
        guard ranks[0] <= ranks[1] else { throw SearchError(.badRange, value.place) }
        chosen.formUnion(ranks[0]...ranks[1])
        continue
      }
      let named = try rank(value)
      switch part.comparison {
      case .atLeast: chosen.formUnion(named...names.count)
      case .atMost: chosen.formUnion(1...named)
      case .above: chosen.formUnion(stride(from: named + 1, through: names.count, by: 1))
      case .below: chosen.formUnion(stride(from: 1, to: named, by: 1))
      case .equal, nil: chosen.insert(named)
      }
    }
    let left = (query.ranks ?? Array(1...names.count)).filter { chosen.contains($0) != part.isNegated }
    guard !left.isEmpty else { throw SearchError(.contradiction("priority"), part.place) }
    query.ranks = left
  }

  private func rank(_ value: Part.Text) throws(SearchError) -> Int {
    let name = try choice(value, of: "priority", TicketShapes.priorities)
    return (TicketShapes.priorities.firstIndex(of: name) ?? 0) + 1
  }

  private func choice(_ value: Part.Text, of name: String, _ choices: [String]) throws(SearchError) -> String {
    let text = value.text.lowercased()
    if choices.contains(text) { return text }
    let suggestion = SearchVocabulary.suggestion(for: text, among: choices)
    throw SearchError(.unknownValue(value.text, of: name, suggestion: suggestion, among: choices), value.place)
  }

  mutating func readFact(
    _ part: Part, _ name: String, _ facts: [String: SearchQuery.Condition]
  ) throws(SearchError) {
    try refuseComparison(part, name)
    // Several would be alternatives, which different facts cannot be in one condition.
    guard part.values.count == 1 else {
      throw SearchError(
        .badValue("a list", expected: "one of \(facts.keys.sorted().joined(separator: ", "))"), part.place)
    }
    let fact = try choice(part.values[0], of: name, facts.keys.sorted())
    guard var condition = facts[fact] else { return }
    condition.isNegated = condition.isNegated != part.isNegated
    condition.place = part.place
    query.conditions.append(condition)
  }

  // Open sets --------------------------------------------------------------------------------------------------------

  mutating func readOneOf(
    _ part: Part, _ name: String, expected: String, _ isFine: (String) -> Bool
  ) throws(SearchError) {
    try refuseComparison(part, name)
    for value in part.values where !isFine(value.text) {
      throw SearchError(.badValue(value.text, expected: expected), value.place)
    }
    add(part, name, .oneOf(part.values.map(\.text)))
  }

  static func isAgent(_ text: String) -> Bool {
    text == "me" || text == "none" || text.contains("@") || isUUID(text)
  }

  private static func isUUID(_ text: String) -> Bool { (try? Schema<String>.uuid.decode(Line.quoted(text))) != nil }

  mutating func readTimes(_ part: Part, _ name: String) throws(SearchError) {
    guard part.values.count == 1 else {
      throw SearchError(.badValue("a list", expected: SearchDate.expected), part.place)
    }
    let value = part.values[0]
    if let (low, high) = try bounds(part) {
      guard let from = SearchDate.range(.atLeast, low), let to = SearchDate.range(.atMost, high) else {
        throw SearchError(.badValue(value.text, expected: SearchDate.expected), value.place)
      }
      add(part, name, .range(from: from.from, to: to.to))
      return
    }
    guard let range = SearchDate.range(part.comparison, value.text.lowercased()) else {
      throw SearchError(.badValue(value.text, expected: SearchDate.expected), value.place)
    }
    add(part, name, .range(from: range.from, to: range.to))
  }

  mutating func readNumbers(_ part: Part) throws(SearchError) {
    if let (low, high) = try bounds(part) {
      add(part, "number", .range(from: .init(value: try number(low, part)), to: .init(value: try number(high, part))))
      return
    }
    let numbers = try part.values.map { value throws(SearchError) in try number(value.text, part) }
    add(part, "number", try test(part, numbers))
  }

  private func number(_ text: String, _ part: Part) throws(SearchError) -> String {
    let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
    guard let number = Int32(digits), number > 0 else {
      throw SearchError(.badValue(text, expected: "the number of a ticket"), part.values[0].place)
    }
    return String(number)
  }

  mutating func readField(_ part: Part) throws(SearchError) {
    guard let name = part.detail, !name.text.isEmpty else { throw SearchError(.fieldWithoutName, part.place) }
    fields += 1
    guard fields <= SearchQuery.maximumFields else { throw SearchError(.tooManyFields, part.place) }
    if let (low, high) = try bounds(part) {
      add(part, "field", .range(from: .init(value: low), to: .init(value: high)), named: name.text)
      return
    }
    if part.comparison == nil, part.values.count == 1, !part.values[0].isQuoted, part.values[0].text == "*" {
      add(part, "field", .present, named: name.text)
      return
    }
    add(part, "field", try test(part, part.values.map(\.text)), named: name.text)
  }
}
