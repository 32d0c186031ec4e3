import JSON

/// What is looked for: words and phrases, and conditions, all of which must hold.
///
/// A query in the search language and the parameters of a list both become one of these; PostgreSQL gets it as JSON
/// in one parameter of a constant statement (desk.find_tickets).
struct SearchQuery: Equatable, Sendable {
  static let maximumLength = 1_000
  static let maximumParts = 32
  static let maximumTerms = 8
  static let maximumFields = 8
  static let maximumValues = 20

  /// A word, a phrase or the beginning of a word.
  struct Term: Equatable, Sendable {
    enum Kind: String, Sendable { case word, phrase, prefix }

    var text: String
    var kind: Kind
    var isNegated = false
    var isInSubject = false
  }

  /// Something that must hold of a ticket, or must not.
  struct Condition: Equatable, Sendable {
    enum Test: Equatable, Sendable {
      /// One of these; what they are depends on the subject.
      case oneOf([String])
      /// From here on, and up to there; `Bound.isOpen` leaves the bound itself out.
      case range(from: Bound?, to: Bound?)
      /// There is one at all.
      case present
    }

    struct Bound: Equatable, Sendable {
      var value: String
      var isOpen = false
    }

    /// What is tested, such as assignee or created; a closed set.
    var subject: String
    /// The field's name, where the subject is a field.
    var name: String?
    var test: Test
    var isNegated = false
    /// Where it stands in the query, or where the parameter that it came from is.
    var place: SearchPlace?
    var path = "/query"
  }

  var terms: [Term] = []
  /// Any of these statuses; nil is all.
  var statuses: [String]?
  /// Any of these ranks of priority, 1 to 4; nil is all.
  var ranks: [Int]?
  var conditions: [Condition] = []
  /// What is deleted as well, for an admin.
  var includesDeleted = false

  /// The query for PostgreSQL. `me` becomes the caller.
  func json(for caller: Caller) -> String {
    var members = [
      "\"terms\":[\(terms.map(\.json).joined(separator: ","))]",
      "\"conditions\":[\(conditions.map { $0.json(for: caller) }.joined(separator: ","))]",
    ]
    if includesDeleted { members.append("\"deleted\":true") }
    if let statuses { members.append("\"statuses\":\(Self.array(statuses))") }
    if let ranks { members.append("\"ranks\":[\(ranks.map(String.init).joined(separator: ","))]") }
    return "{\(members.joined(separator: ","))}"
  }

  fileprivate static func array(_ texts: [String]) -> String {
    "[\(texts.map(Line.quoted).joined(separator: ","))]"
  }
}

extension SearchQuery.Term {
  fileprivate var json: String {
    "{\"text\":\(Line.quoted(text)),\"kind\":\"\(kind.rawValue)\",\"not\":\(isNegated),\"subject\":\(isInSubject)}"
  }
}

extension SearchQuery.Condition {
  fileprivate func json(for caller: Caller) -> String {
    var members = ["\"by\":\"\(subject)\"", "\"not\":\(isNegated)", "\"path\":\(Line.quoted(path))"]
    if let name { members.append("\"name\":\(Line.quoted(name))") }
    if let place { members.append("\"place\":{\"position\":\(place.position),\"length\":\(place.length)}") }
    switch test {
    case .present: members.append("\"present\":true")
    case .oneOf(let values):
      let isPerson = subject == "assignee"
      members.append("\"any\":\(SearchQuery.array(values.map { isPerson && $0 == "me" ? caller.agent : $0 }))")
    case .range(let from, let to):
      for (name, bound) in [("from", from), ("to", to)] {
        guard let bound else { continue }
        members.append("\"\(name)\":\(Line.quoted(bound.value))")
        if bound.isOpen { members.append("\"\(name)_open\":true") }
      }
    }
    return "{\(members.joined(separator: ","))}"
  }
}
