import JSON
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Lines made at random and lines spoilt at random, against Jansson: what the scan passes, Jansson parses; what Jansson
/// parses, the scan passes. `DESKPIPE_LONG=1` runs many more.
@Suite struct ScannerFuzzTests {
  static let rounds = unsafe getenv("DESKPIPE_LONG") == nil ? 4_000 : 500_000

  @Test(arguments: [1, 2, 3] as [UInt64])
  func agreesWithJansson(_ seed: UInt64) throws {
    var maker = LineMaker(random: SeededGenerator(state: seed))
    var passed = 0
    for round in 0..<Self.rounds {
      var line = maker.line()
      for _ in 0..<(round % 3) { maker.spoil(&line) }
      guard !line.contains(0) else { continue }
      if try agrees(line) { passed += 1 }
    }
    #expect(passed > Self.rounds / 4)
  }

  private func agrees(_ line: [UInt8]) throws -> Bool {
    let shown = String(decoding: line, as: UTF8.self)
    let isParsed = (try? Document(line.span).withRoot { _ in true }) ?? false
    guard let scanned = try? Scanned(line) else {
      #expect(!isParsed, "the scan refuses \(shown)")
      return false
    }
    #expect(scanned.line.count == line.count)
    for element in scanned.scan.elements {
      let parsed = try? Document(scanned.line.span.extracting(element.range)).withRoot { $0.json }
      #expect(parsed != nil, "Jansson refuses \(scanned.text), which was \(shown)")
    }
    if isParsed, !scanned.scan.isBatch, !scanned.first.isTooDeep { try compareMembers(scanned) }
    return true
  }

  /// Where Jansson takes the line as it came, its members are those that the scan found.
  private func compareMembers(_ scanned: Scanned) throws {
    let shown = String(decoding: scanned.original, as: UTF8.self)
    let document = try Document(scanned.original.span)
    let id = document.withRoot { $0.member("id") { $0.kind == .object || $0.kind == .array ? "unusable" : $0.json } }
    switch scanned.first.id {
    case .absent: #expect(id == nil, "\(shown)")
    case .unusable: #expect(id == "unusable" || id == "true" || id == "false", "\(shown)")
    case .usable(let original):
      let bytes = original.bytes(in: scanned.line.span)
      #expect(try Document(bytes.span).withRoot { $0.json } == id, "\(shown)")
    }
    for raw in scanned.first.raws {
      let found = try Document(raw.text.utf8.span).withRoot { $0.json }
      let names = raw.pointer.split(separator: "/").map(String.init)
      let expected = document.withRoot { root in
        root.member("params") { params in
          names.count == 1
            ? params.member(names[0]) { $0.json } ?? nil
            : params.member(names[0]) { $0.member(names[1]) { $0.json } } ?? nil
        } ?? nil
      }
      #expect(found == expected, "\(raw.pointer) of \(shown)")
    }
    if !shown.contains("etadata") {
      #expect(scanned.line == scanned.original, "\(shown)")
    }
  }
}

/// Makes lines that look like requests, with every rarity of JSON in them.
struct LineMaker {
  var random: SeededGenerator

  mutating func line() -> [UInt8] {
    var text = pick(["", "", "", " ", "\u{FEFF}", "\t\r"])
    if chance(10) {
      text += "[" + (0..<Int.random(in: 0...3, using: &random)).map { _ in request() }.joined(separator: ",") + "]"
    } else {
      text += chance(10) ? value(depth: 0) : request()
    }
    return Array((text + pick(["", "", "\r", " \n"])).utf8)
  }

  mutating func spoil(_ line: inout [UInt8]) {
    guard !line.isEmpty else { return }
    let index = Int.random(in: 0..<line.count, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: line[index] = UInt8.random(in: 0...255, using: &random)
    case 1: line.remove(at: index)
    case 2: line.insert(contentsOf: Array(piece().utf8), at: index)
    case 3: line.removeSubrange(index..<min(line.count, index + 4))
    default: line[index] = Array("{}[]\":,\\0e.-u \u{1F}é".utf8).randomElement(using: &random) ?? 0
    }
  }

  private mutating func request() -> String {
    var members: [String] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: members.append(pick(["\"id\"", "\"\\u0069d\""]) + space() + ":" + space() + value(depth: 4))
      case 1: members.append("\"params\":" + value(depth: 3))
      case 2, 3: members.append(pick(["\"params\"", "\"par\\u0061ms\""]) + ":" + params())
      default: members.append("\"method\":" + string())
      }
    }
    return "{" + space() + members.joined(separator: space() + "," + space()) + "}"
  }

  private mutating func params() -> String {
    var members: [String] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let metadata = pick(["\"metadata\":", "\"\\u006detadata\":"]) + value(depth: 2)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: members.append(metadata)
      case 1: members.append(pick(["\"message\"", "\"customer\""]) + ":{" + metadata + "," + metadata + "}")
      case 2: members.append("\"id\":" + value(depth: 4))
      default: members.append(string() + ":" + value(depth: 3))
      }
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 5 ? 6 : 9), using: &random) {
    case 0: return pick(["true", "false", "null"])
    case 1, 2: return number()
    case 3, 4, 5: return string()
    case 6:
      return "["
        + (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) }.joined(separator: ",")
        + "]"
    default:
      let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in string() + ":" + value(depth: depth + 1) }
      return "{" + members.joined(separator: ",") + "}"
    }
  }

  private mutating func number() -> String {
    let digits = String(Int.random(in: 0...Int.max, using: &random)).prefix(Int.random(in: 1...19, using: &random))
    let whole = pick([
      "0", "7", String(digits), "9223372036854775807", "9223372036854775808", "123456789012345678901234567890",
    ])
    let fraction = pick(["", "", ".0", ".50", ".\(digits)"])
    let exponent = pick(["", "", "", "e5", "E+307", "e308", "e-400", "e400", "e-0"])
    return pick(["", "", "-"]) + whole + fraction + exponent
  }

  private mutating func string() -> String {
    "\"" + (0..<Int.random(in: 0...6, using: &random)).map { _ in piece() }.joined() + "\""
  }

  private mutating func piece() -> String {
    pick([
      "a", "id", "metadata", "message", "params", "é", "日本", "😀", "\u{2028}", "\\n", "\\\\", "\\\"", "\\u0041",
      "\\u0000",
      "\\ud83d\\ude00", "\\ud800", "\\udfff", "a longer run of plain text", "{", "]", ":", ",", "1",
    ])
  }

  private mutating func space() -> String { pick(["", "", "", " ", "\t", "\r"]) }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
}
