/// Something a list can be narrowed by: absent, or in one of a few forms, whose fragments are constant.
struct PageFilter: Sendable {
  /// A condition on `t`, the list's table; each value's place is written as `$?`.
  enum Form: Sendable {
    case condition(String)
    /// Any of the values that a call names. In a page each has its own ordered branch over the index, and the branches
    /// are merged: one scan over all of them would have to sort everything it finds.
    case anyOf(column: String, type: String)
    /// Any of these texts, in branches as well. They stand in the query itself, so that even a generic plan knows how
    /// rare they are: of 300,000 tickets, mostly closed, an agent's open ones are found in 0.6 ms instead of 25.
    case among(column: String, texts: [String])
    /// Conditions of which at most one holds in a call, which PostgreSQL finds out: each has a branch, with a plan of
    /// its own. They share the filter's values, the n-th of which is written as `$?n`.
    case split([String])

    /// How many branches it makes where they stand in the query itself.
    var branches: Int {
      switch self {
      case .condition, .anyOf: 1
      case .among(_, let texts): texts.count
      case .split(let conditions): conditions.count
      }
    }
  }

  /// The form a call took, and its values.
  struct Choice: Sendable {
    let form: Int
    let values: [String]

    /// The only form of a filter, or the one of that index.
    static func given(_ values: String..., form: Int = 0) -> Choice { Choice(form: form, values: values) }

    /// For `anyOf`: a value named twice would have its branch, and its rows, twice.
    static func any(of values: [String]) -> Choice {
      var seen: Set<String> = []
      let unique = values.filter { seen.insert($0).inserted }
      return Choice(form: 0, values: ["{" + unique.joined(separator: ",") + "}"])
    }
  }

  let forms: [Form]

  /// Conditions of which a call may put one.
  static func when(_ conditions: String...) -> PageFilter { PageFilter(forms: conditions.map(Form.condition)) }

  /// Any of the values that a call names; they are words or numbers, never free text.
  static func anyOf(_ column: String, _ type: String) -> PageFilter {
    PageFilter(forms: [.anyOf(column: column, type: type)])
  }

  /// Any of some texts out of a few; each selection is a form of its own.
  static func among(_ column: String, _ texts: [String]) -> PageFilter {
    PageFilter(
      forms: (1..<(1 << texts.count)).map { mask in
        .among(column: column, texts: texts.indices.filter { mask & 1 << $0 != 0 }.map { texts[$0] })
      })
  }

  /// The choice of these texts out of those of an `among`.
  func chosen(_ texts: [String]) -> Choice? {
    let wanted = Set(texts)
    return forms.firstIndex { if case .among(_, let texts) = $0 { Set(texts) == wanted } else { false } }
      .map { Choice(form: $0, values: []) }
  }

  /// Conditions of which at most one holds in a call.
  static func split(_ conditions: String...) -> PageFilter { PageFilter(forms: [.split(conditions)]) }

  /// How many choices there are, absence counted.
  var size: Int { forms.count + 1 }

  /// The form of a choice as `Combinations` counts it: 0 is absence.
  func form(_ choice: Int) -> Form? { choice == 0 ? nil : forms[choice - 1] }
}

extension PageFilter.Form {
  /// What stands for this form in a cursor's binding.
  var mark: String {
    switch self {
    case .condition(let fragment): fragment
    case .anyOf(let column, _): column
    case .among(let column, let texts): "\(column) \(texts.joined(separator: " "))"
    case .split(let conditions): conditions.joined(separator: " ")
    }
  }

  /// The condition, its values numbered on from `count`.
  func condition(numberedFrom count: inout Int) -> String {
    switch self {
    case .condition(let fragment):
      var pieces = fragment.split(separator: "$?", omittingEmptySubsequences: false)
      var text = String(pieces.removeFirst())
      for piece in pieces {
        count += 1
        text += "$\(count)\(piece)"
      }
      return text
    case .anyOf(let column, let type):
      count += 1
      return "t.\(column) = any ($\(count)::\(type)[])"
    case .split(let conditions):
      let alternatives = conditions.map { Self.numbered($0, from: count) }
      count += conditions.map(Self.values(of:)).max() ?? 0
      return "(\(alternatives.joined(separator: " or ")))"
    case .among(let column, let texts):
      return "t.\(column) in (\(texts.map { "'\($0)'" }.joined(separator: ", ")))"
    }
  }
}

extension PageFilter.Form {
  /// A condition whose values are numbered themselves, counted on from `count`.
  static func numbered(_ condition: String, from count: Int) -> String {
    condition.split(separator: "$?", omittingEmptySubsequences: false).enumerated().map { index, piece in
      guard index > 0, let number = piece.first?.wholeNumberValue else { return String(piece) }
      return "$\(count + number)\(piece.dropFirst())"
    }.joined()
  }

  /// The greatest number among the values of such a condition.
  static func values(of condition: String) -> Int {
    condition.split(separator: "$?", omittingEmptySubsequences: false).dropFirst().compactMap {
      $0.first?.wholeNumberValue
    }.max() ?? 0
  }
}

extension PageFilter.Choice? {
  /// As `Combinations` counts it.
  var number: Int { map { $0.form + 1 } ?? 0 }
}
