import Foundation

/// One number of a row with its unit.
struct Figure: Codable {
  let label: String
  let value: Spread
  let unit: String

  init(_ label: String, _ values: [Double], _ unit: String = "") {
    self.label = label
    value = Spread(values)
    self.unit = unit
  }

  var text: String {
    let spread = value.low == value.high ? "" : " (\(Self.text(value.low)) to \(Self.text(value.high)))"
    return "\(label) \(Self.text(value.median))\(unit.isEmpty ? "" : " " + unit)\(spread)"
  }

  /// Three digits that count, no more.
  private static func text(_ number: Double) -> String {
    String(format: abs(number) >= 100 ? "%.0f" : abs(number) >= 10 ? "%.1f" : "%.2f", number)
  }
}

/// One line of the table.
struct Row: Codable {
  let name: String
  let figures: [Figure]
  /// What is to be reached; nil where the figures are only told.
  let target: String?
  let isMet: Bool?

  init(_ name: String, _ figures: [Figure], target: String? = nil, isMet: Bool? = nil) {
    self.name = name
    self.figures = figures
    self.target = target
    self.isMet = isMet
  }
}

/// All that was measured, as a table for people and as JSON for programs.
struct Report: Codable {
  struct Machine: Codable {
    let cores: Int
    let server: String
    let isQuick: Bool
  }

  let machine: Machine
  private(set) var rows: [Row] = []
  private(set) var failures: [String] = []

  init(_ machine: Machine) { self.machine = machine }

  mutating func add(_ row: Row) {
    rows.append(row)
    let mark = row.isMet.map { $0 ? "met   " : "missed" } ?? "told  "
    Console.say("\(mark)  \(row.name)\(row.target.map { ": \($0)" } ?? "")")
    for figure in row.figures { Console.say("          \(figure.text)") }
  }

  mutating func fail(_ name: String, _ error: any Error) {
    failures.append("\(name): \(error)")
    Console.say("FAILED  \(name): \(error)")
  }

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: URL(filePath: path))
  }
}
