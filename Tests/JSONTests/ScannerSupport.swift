import JSON
import Testing

/// A line after its scan, with the ways of looking at it that tests need.
struct Scanned {
  let original: [UInt8]
  var line: [UInt8]
  let scan: Scanner.Scan

  init(_ text: String, by scanner: Scanner = .ofRequests) throws(SyntaxError) {
    try self.init(Array(text.utf8), by: scanner)
  }

  init(_ bytes: [UInt8], by scanner: Scanner = .ofRequests) throws(SyntaxError) {
    original = bytes
    line = bytes
    scan = try scanner.scan(&line)
  }

  var text: String { String(decoding: line, as: UTF8.self) }

  var first: Scanner.Element { scan.elements[0] }

  /// The id as it came in, "absent" or "unusable".
  var id: String { Self.text(of: first.id, in: line) }

  var ids: [String] { scan.elements.map { Self.text(of: $0.id, in: line) } }

  var target: String? { first.target.map { String(decoding: $0.bytes(in: line.span), as: UTF8.self) } }

  /// The raw members, as "pointer value".
  var raws: [String] { first.raws.map { $0.pointer + " " + $0.text } }

  /// The first element as Jansson understands it.
  func parsed() throws -> String {
    try Document(line.span.extracting(first.range)).withRoot { $0.json }
  }

  private static func text(of id: Scanner.Identifier, in line: [UInt8]) -> String {
    switch id {
    case .absent: "absent"
    case .unusable: "unusable"
    case .usable(let original): String(decoding: original.bytes(in: line.span), as: UTF8.self)
    }
  }
}

extension Scanner {
  static let ofRequests = Scanner(rawMembers: ["/metadata", "/message/metadata", "/customer/metadata"])
}

/// A generator that makes the same numbers from the same seed everywhere (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
