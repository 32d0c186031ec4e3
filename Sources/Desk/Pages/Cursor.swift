/// A position in a list: the sort keys and the key of the first row of the next page, bound to its query.
///
/// Opaque to callers. A forged one only starts the caller's own list elsewhere, since row level security decides what
/// is in it.
struct Cursor {
  let values: [String]

  init(_ text: String, binding: String, columns: [PageOrder.Column]) throws(Failure) {
    let failure = Failure(.invalidParams, "cursor is not one of this list; leave it out to start over", path: "/cursor")
    guard let bytes = Self.decode(text) else { throw failure }
    var parts = String(decoding: bytes, as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count >= columns.count + 1, parts.removeFirst() == binding else { throw failure }
    // A text key may hold the separator; there is never more than one of them.
    let text = columns.firstIndex { $0.type == "text" } ?? 0
    let rest = text + parts.count - columns.count
    values =
      parts[..<text].map(String.init) + [parts[text...rest].joined(separator: "|")]
      + parts[(rest + 1)...].map(String.init)
    guard zip(values, columns).allSatisfy({ Self.fits($0, $1.type) }) else { throw failure }
  }

  /// A value of the wrong type would be an error of the server, which says too little to the caller.
  private static func fits(_ value: String, _ type: String) -> Bool {
    switch type {
    case "uuid": value.utf8.count == 36 && value.allSatisfy { $0.isHexDigit || $0 == "-" }
    case "timestamptz":
      value.utf8.count >= 19 && value.utf8.count <= 40
        && value.allSatisfy { $0.isASCII && ($0.isNumber || "-+:. ".contains($0)) }
    case "smallint": Int16(value) != nil
    case "integer": Int32(value) != nil
    case "double precision": Double(value)?.isFinite == true
    case "bigint": Int64(value) != nil
    case "xid8": UInt64(value) != nil
    default: !value.utf8.contains(0)
    }
  }

  private static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = value(of: character) else { return nil }
      bits = (bits << 6 | UInt32(value)) & 0xFFFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return count < 6 ? bytes : nil
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}

/// FNV-1a in 64 bits: the same in every process, unlike Swift's `Hasher`.
struct StableHash {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF)
  }

  var text: String { String(state, radix: 36) }

  private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
