/// What is wrong with a search query, and where.
struct SearchError: Error, Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case empty
    case tooLong
    case tooManyParts
    case tooManyTerms
    case tooManyValues
    case tooManyFields
    case unclosedQuote
    case nothingToNegate
    case noLetters
    case starInside
    case shortPrefix
    case controlCharacter
    case unknownQualifier(String, suggestion: String?)
    case missingValue(String)
    case unknownValue(String, of: String, suggestion: String?, among: [String])
    case noComparison(String)
    case badValue(String, expected: String)
    case badRange
    case fieldWithoutName
    case contradiction(String)
  }

  let kind: Kind
  let place: SearchPlace

  init(_ kind: Kind, _ place: SearchPlace) {
    self.kind = kind
    self.place = place
  }

  /// A sentence for the caller.
  var message: String {
    let reason = reason
    return "At character \(place.position + 1): \(reason)\(reason.hasSuffix("?") ? "" : ".")"
  }

  /// The place, as an error's details say it.
  var details: String { "{\"position\":\(place.position),\"length\":\(place.length)}" }

  private var reason: String {
    switch kind {
    case .empty: "there is nothing to look for"
    case .tooLong: "a query has at most \(SearchQuery.maximumLength) characters"
    case .tooManyParts: "a query has at most \(SearchQuery.maximumParts) parts"
    case .tooManyTerms: "a query has at most \(SearchQuery.maximumTerms) words and phrases"
    case .tooManyValues: "at most \(SearchQuery.maximumValues) values stand between commas"
    case .tooManyFields: "a query looks at fields at most \(SearchQuery.maximumFields) times"
    case .unclosedQuote: "this quotation mark is not closed"
    case .nothingToNegate: "nothing follows the minus sign"
    case .noLetters: "there is no letter or digit in this to look for"
    case .starInside: "a * stands at the end of a word only"
    case .shortPrefix: "at least 2 letters or digits stand before a *"
    case .controlCharacter: "a query has no control characters"
    case .unknownQualifier(let name, let suggestion):
      "there is no qualifier \(name); "
        + (suggestion.map { "did you mean \($0)?" } ?? "to search for the text, put it in quotation marks")
    case .missingValue(let name): "a value must follow \(name):"
    case .unknownValue(let value, let name, let suggestion, let choices):
      "\(name) cannot be \(value); "
        + (suggestion.map { "did you mean \($0)?" } ?? "it is one of \(choices.joined(separator: ", "))")
    case .noComparison(let name): "\(name) takes no comparison and no range"
    case .badValue(let value, let expected): "\(value) is not \(expected)"
    case .badRange: "a range has a value on both sides of .., the smaller first"
    case .fieldWithoutName: "a name must follow field, as in field.plan:pro"
    case .contradiction(let name): "no ticket can have such a \(name) as all of this asks for"
    }
  }
}

/// A piece of a query, counted in Unicode scalars from 0.
struct SearchPlace: Equatable, Sendable {
  let position: Int
  let length: Int
}

extension Failure {
  /// - Parameter path: where in the parameters the query is.
  init(_ error: SearchError, at path: String) {
    self.init(.queryError, error.message, path: path, details: error.details)
  }
}
