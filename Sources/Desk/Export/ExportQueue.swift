/// Which ranges of ids an export reads, and in which order they are told.
///
/// Two are read at once, each on a connection. What came before its turn is kept, so that at most three parts are in
/// memory however long an export takes.
struct ExportQueue: Sendable {
  /// What the database is asked for next.
  enum Step: Sendable {
    /// Where the next ranges end: behind which id, and how many.
    case look(after: String, ranges: Int)
    /// The items of a range, by its number.
    case read(Int, ExportRange)
  }

  private struct Reading {
    enum State {
      case waiting, asked
      case read(ExportPage)
    }

    let number: Int
    var range: ExportRange
    var state = State.waiting

    var isWaiting: Bool { if case .waiting = state { true } else { false } }
    var isAsked: Bool { if case .asked = state { true } else { false } }
  }

  /// Ranges that are read at once.
  private static let atOnce = 2
  /// Ranges that are looked for at a time, once it is known how many rows make a part.
  private static let lookahead = 32

  /// The last id that was looked at.
  private var horizon: String
  /// Ranges of which nothing was asked yet.
  private var ahead: [ExportRange] = []
  /// The others, in the order in which they are told.
  private var begun: [Reading] = []
  private var lastNumber = 0
  private var hasTold = false
  private var isLooking = false
  private var hasFoundAll = false

  /// - Parameter start: the id to begin behind.
  init(from start: String) { horizon = start }

  /// Whether all was told.
  var isDone: Bool { hasFoundAll && ahead.isEmpty && begun.isEmpty }

  /// What is to be asked for now; nil where enough is under way.
  var step: Step? {
    guard begun.count(where: \.isAsked) + (isLooking ? 1 : 0) < Self.atOnce else { return nil }
    if let rest = begun.first(where: \.isWaiting) { return .read(rest.number, rest.range) }
    if let range = ahead.first, begun.count <= Self.atOnce { return .read(lastNumber + 1, range) }
    guard ahead.isEmpty, !hasFoundAll, !isLooking else { return nil }
    return .look(after: horizon, ranges: hasTold ? Self.lookahead : 1)
  }

  /// Takes note that a step was asked for.
  mutating func ask(_ step: Step) {
    switch step {
    case .look: isLooking = true
    case .read(let number, let range):
      if let index = begun.firstIndex(where: { $0.number == number }) {
        begun[index].state = .asked
      } else {
        ahead.removeFirst()
        lastNumber = number
        begun.append(Reading(number: number, range: range, state: .asked))
      }
    }
  }

  /// Takes what was looked for.
  mutating func found(_ found: ExportRanges, rows: Int) {
    isLooking = false
    hasFoundAll = found.isEnd
    for end in found.ends {
      ahead.append(ExportRange(after: horizon, upto: end, rows: rows))
      horizon = end
    }
  }

  /// Takes what was read of a range.
  mutating func take(_ page: ExportPage, of number: Int) {
    if let index = begun.firstIndex(where: { $0.number == number }) { begun[index].state = .read(page) }
  }

  /// The page to tell next, once it is there. What did not fit into it is read next, as so many rows.
  mutating func tell(rows: (ExportPage) -> Int) -> ExportPage? {
    guard case .read(let page) = begun.first?.state else { return nil }
    hasTold = true
    if page.isCut {
      begun[0].range = ExportRange(after: page.last, upto: begun[0].range.upto, rows: rows(page))
      begun[0].state = .waiting
    } else {
      begun.removeFirst()
    }
    return page
  }
}

/// Ids behind one, up to another, and about how many they are.
struct ExportRange: Sendable {
  let after: String
  let upto: String
  let rows: Int
}

/// Where ranges end.
struct ExportRanges {
  /// How many items there are in all; nil where nobody asked.
  let total: String?
  /// Whether nothing follows behind the last.
  let isEnd: Bool
  let ends: [String]

  /// Takes what `ExportSource.look` answers: words with blanks between them.
  init(_ answer: String) {
    let words = answer.split(separator: " ").map(String.init)
    precondition(words.count >= 2, "the query answers two words and ids")
    total = words[0] == "-" ? nil : words[0]
    isEnd = words[1] == "t"
    ends = Array(words[2...])
  }
}
