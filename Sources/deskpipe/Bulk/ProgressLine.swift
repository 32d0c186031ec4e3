import Glibc
import Postgres

/// How far a command is, on a terminal's last line; nothing where stderr is none.
struct ProgressLine {
  /// Whether anybody sees it.
  let isShown: Bool
  private let begin = Clock.now
  private var shownAt: UInt64 = 0

  init(isQuiet: Bool) { isShown = !isQuiet && isatty(2) == 1 }

  /// - Parameter share: of the whole, from 0 to 1; nil where nobody knows how much that is.
  mutating func show(_ count: Int, _ what: String, share: Double?, isLast: Bool = false) {
    let now = Clock.now
    guard isShown, isLast || now - shownAt > 100_000_000 else { return }
    shownAt = now
    let seconds = Double(now - begin) / 1e9
    let rate = seconds > 0.1 ? " \(Int(Double(count) / seconds)) a second" : ""
    writeAll("\r\u{1B}[K\(Self.bar(share))\(count) \(what),\(rate)\(isLast ? "\n" : "")", to: 2)
  }

  static func bar(_ share: Double?) -> String {
    guard let share else { return "" }
    let full = min(30, max(0, Int(share * 30)))
    let percent = min(100, max(0, Int(share * 100)))
    return "[\(String(repeating: "#", count: full))\(String(repeating: " ", count: 30 - full))] \(percent)% "
  }

  /// Ends the line, so that something else can be said.
  func clear() { if isShown { writeAll("\r\u{1B}[K", to: 2) } }
}
