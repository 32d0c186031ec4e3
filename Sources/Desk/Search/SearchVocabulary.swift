/// The qualifiers of the search language: a closed table, from which errors take their suggestions.
enum SearchVocabulary {
  /// What a qualifier's values are.
  enum Values: Sendable {
    case statuses
    case priorities
    case times
    case numbers
    /// People by id, address or, for agents, me and none.
    case agents
    case customers
    case texts
    /// Words in the subject.
    case words
    case field
    /// A closed set; each stands for a condition of its own.
    case facts([String: SearchQuery.Condition])
  }

  static let qualifiers: [(name: String, values: Values)] = [
    ("status", .statuses), ("priority", .priorities), ("assignee", .agents), ("customer", .customers),
    ("tag", .texts), ("number", .numbers), ("subject", .words), ("field", .field),
    ("created", .times), ("updated", .times), ("activity", .times), ("solved", .times),
    ("has", .facts(things)), ("is", .facts(states)),
  ]

  /// How a query begins with a qualifier, and what may be proposed to stand behind it; not all that may.
  static let proposals: [(lead: String, words: [String])] = qualifiers.map { name, values in
    switch values {
    case .statuses: (name + ":", TicketShapes.statuses)
    case .priorities: (name + ":", TicketShapes.priorities)
    case .agents: (name + ":", ["me", "none"])
    case .times: (name + ":", ["today", "yesterday", ">7d", ">30d", "<7d"])
    case .facts(let facts): (name + ":", facts.keys.sorted())
    case .field: (name + ".", [])
    case .customers, .numbers, .texts, .words: (name + ":", [])
    }
  }

  static func values(of name: String) -> Values? { qualifiers.first { $0.name == name }?.values }

  private static let things: [String: SearchQuery.Condition] = [
    "note": .init(subject: "note", test: .present), "reply": .init(subject: "reply", test: .present),
    "tag": .init(subject: "tag", test: .present), "assignee": .init(subject: "assignee", test: .present),
  ]
  private static let states: [String: SearchQuery.Condition] = [
    "assigned": .init(subject: "assignee", test: .present),
    "unassigned": .init(subject: "assignee", test: .present, isNegated: true),
    "snoozed": .init(subject: "snoozed", test: .present), "waiting": .init(subject: "waiting", test: .present),
  ]

  /// The one that was most likely meant.
  static func suggestion(for text: String, among names: [String]) -> String? {
    let text = text.lowercased()
    guard text.utf8.count <= 30 else { return nil }
    let close = names.map { (name: $0, distance: distance(Array(text.utf8), Array($0.utf8))) }
    let best = close.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= max(1, $0.name.utf8.count / 3) ? $0.name : nil }
  }

  /// How many bytes must be put in, taken out, replaced or exchanged with their neighbour (Damerau, Levenshtein).
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, byte) in one.enumerated() {
      var row = [i + 1]
      for (j, against) in other.enumerated() {
        var best = min(rows[i][j] + (byte == against ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, byte == other[j - 1], one[i - 1] == against { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
