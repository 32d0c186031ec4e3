import JSON

/// A time in a query: a year, a month, a day (in UTC), an instant, so long ago, today or yesterday.
///
/// What counts back from now is left to PostgreSQL, which takes the instant of the first page for all of them.
enum SearchDate {
  typealias Bound = SearchQuery.Condition.Bound

  static let expected = "a time such as 2026-01-31, 2026-01, 7d, 12h or today"

  /// The first instant that belongs to it and the first after it, nil where it has no end.
  static func span(_ text: String) -> (from: String, next: String?)? {
    switch text {
    case "today": return ("day 0", "day -1")
    case "yesterday": return ("day 1", "day 0")
    default: return ago(text) ?? day(text) ?? instant(text)
    }
  }

  /// The half-open span that a comparison with a time means; nil where there is none.
  ///
  /// Of a time so long ago only the side counts: `>7d` is later than seven days ago, `7d` as well.
  static func range(
    _ comparison: SearchLexer.Part.Operator?, _ text: String
  ) -> (from: Bound?, to: Bound?)? {
    guard let (start, next) = span(text) else { return nil }
    let from = Bound(value: start)
    let before = Bound(value: start, isOpen: true)
    switch comparison {
    case .atLeast: return (from, nil)
    case .below: return (nil, before)
    case .above: return (Bound(value: next ?? start), nil)
    case .atMost: return (nil, next.map { Bound(value: $0, isOpen: true) } ?? from)
    case .equal, nil:
      if let next { return (from, Bound(value: next, isOpen: true)) }
      return start.hasPrefix("ago ") ? (from, nil) : (from, from)
    }
  }

  private static let units: [(suffix: String, name: String)] = [
    ("min", "minutes"), ("mo", "months"), ("h", "hours"), ("d", "days"), ("w", "weeks"), ("y", "years"),
  ]

  private static func ago(_ text: String) -> (from: String, next: String?)? {
    for (suffix, name) in units where text.hasSuffix(suffix) {
      let digits = text.dropLast(suffix.count)
      guard isNumber(digits, 1...5) else { continue }
      return ("ago \(digits) \(name)", nil)
    }
    return nil
  }

  private static func instant(_ text: String) -> (from: String, next: String?)? {
    let upper = text.uppercased()
    guard upper.utf8.count <= 40, (try? Schema<String>.time.decode(Line.quoted(upper))) != nil else { return nil }
    return (upper, nil)
  }

  private static func day(_ text: String) -> (from: String, next: String?)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), isNumber(parts[0], 4...4),
      parts.dropFirst().allSatisfy({ isNumber($0, 2...2) })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    let (year, month, date) = (numbers[0], numbers.count > 1 ? numbers[1] : 1, numbers.count > 2 ? numbers[2] : 1)
    guard years.contains(year), (1...12).contains(month), (1...length(of: month, in: year)).contains(date)
    else { return nil }
    let next =
      switch parts.count {
      case 1: (year + 1, 1, 1)
      case 2: month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
      default:
        if date < length(of: month, in: year) {
          (year, month, date + 1)
        } else {
          month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
        }
      }
    return (midnight(year, month, date), midnight(next.0, next.1, next.2))
  }

  /// Far enough for every ticket, and far from what PostgreSQL cannot hold.
  private static let years = 1900...2999

  private static func midnight(_ year: Int, _ month: Int, _ date: Int) -> String {
    "\(year)-\(month < 10 ? "0" : "")\(month)-\(date < 10 ? "0" : "")\(date)T00:00:00Z"
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isNumber(_ text: Substring, _ length: ClosedRange<Int>) -> Bool {
    length.contains(text.utf8.count) && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
