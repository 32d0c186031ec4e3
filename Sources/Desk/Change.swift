extension Optional where Wrapped == String? {
  /// The change of a nullable column as two parameters: whether it was given, and what it becomes.
  var change: [String?] {
    switch self {
    case nil: ["false", nil]
    case .some(let value): ["true", value]
    }
  }
}
