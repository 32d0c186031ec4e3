/// The armour around base64 (RFC 7468), in every shape that environment variables make of it.
enum PEM {
  /// The DER of the one block with that label.
  ///
  /// Line ends may be LF, CRLF, the two characters `\n`, spaces or missing; the armour may be missing, quotes may be
  /// around it all. OpenSSL's own reader refuses several of these.
  static func decode(_ text: String, label: String) throws(KeyError) -> [UInt8] {
    let begin = "-----BEGIN \(label)-----"
    let bytes = Array(text.utf8)
    let marks = ranges(of: Array("-----BEGIN ".utf8), in: bytes)
    guard marks.count <= 1 else { throw .severalKeys }
    if label == "PUBLIC KEY", !ranges(of: Array("PRIVATE KEY-----".utf8), in: bytes).isEmpty { throw .holdsASecret }
    var body = bytes[...]
    if let mark = marks.first {
      let end = ranges(of: Array("-----END \(label)-----".utf8), in: bytes)
      guard bytes[mark.lowerBound...].starts(with: begin.utf8), end.count == 1,
        let stop = end.first?.lowerBound, stop >= mark.lowerBound + begin.utf8.count
      else { throw .notAPublicKey }
      body = bytes[(mark.lowerBound + begin.utf8.count)..<stop]
    }
    var stripped = strip(body)
    // Some tools drop the padding along with the line ends.
    while stripped.count % 4 != 0, stripped.last != UInt8(ascii: "=") || stripped.count % 4 == 3 {
      stripped.append(UInt8(ascii: "="))
    }
    guard !stripped.isEmpty, let der = Base64.decode(stripped) else { throw .notAPublicKey }
    return der
  }

  static func encode(_ der: [UInt8], label: String) -> String {
    let characters = Array(Base64.encode(der).utf8)
    let lines = stride(from: 0, to: characters.count, by: 64).map { start in
      String(decoding: characters[start..<min(start + 64, characters.count)], as: UTF8.self)
    }
    return "-----BEGIN \(label)-----\n" + lines.joined(separator: "\n") + "\n-----END \(label)-----\n"
  }

  /// Without white space, quotes, and the escapes `\n` and `\r` that shells leave.
  private static func strip(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var kept: [UInt8] = []
    var isEscape = false
    for byte in body {
      if isEscape, byte == UInt8(ascii: "n") || byte == UInt8(ascii: "r") {
        isEscape = false
        continue
      }
      isEscape = byte == UInt8(ascii: "\\")
      switch byte {
      case UInt8(ascii: " "), 0x09...0x0D, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): continue
      default: kept.append(byte)
      }
    }
    return kept
  }

  private static func ranges(of pattern: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start + pattern.count <= bytes.count {
      if bytes[start...].starts(with: pattern) {
        found.append(start..<(start + pattern.count))
        start += pattern.count
      } else {
        start += 1
      }
    }
    return found
  }
}
