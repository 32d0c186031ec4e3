extension Schema where Output == String {
  /// Text of so many Unicode scalars; U+0000 is refused, as PostgreSQL cannot hold it.
  public static func text(_ length: ClosedRange<Int>, maximumBytes: Int? = nil) -> Schema {
    let rule = Shape.StringRule(length: length, maximumBytes: maximumBytes)
    return Schema(.string(rule)) { value, place throws(Fault) in
      let string = try plain(value, place)
      // The bytes bound the scalars, so that the usual short text is never walked.
      let fits = string.utf8.count <= length.upperBound || string.unicodeScalars.count <= length.upperBound
      guard fits, string.utf8.count >= length.lowerBound else {
        throw Fault("must have \(length.lowerBound) to \(length.upperBound) characters", at: place)
      }
      if let maximumBytes, string.utf8.count > maximumBytes {
        throw Fault("must have at most \(maximumBytes) bytes", at: place)
      }
      return string
    }
  }

  /// Text of at most so many bytes of UTF-8.
  public static func bytes(_ count: ClosedRange<Int>) -> Schema {
    Schema(.string(Shape.StringRule(maximumBytes: count.upperBound))) { value, place throws(Fault) in
      let string = try plain(value, place)
      guard count.contains(string.utf8.count) else {
        throw Fault("must have \(count.lowerBound) to \(count.upperBound) bytes", at: place)
      }
      return string
    }
  }

  /// A UUID (RFC 9562 section 4), in lower case.
  public static let uuid = Schema(.uuid) { value, place throws(Fault) in
    guard let string = value.string ?? place.result(value), let isLowercase = isLowercaseUUID(string) else {
      throw Fault("must be a UUID", at: place)
    }
    // Nearly all come in lower case as they went out.
    return isLowercase ? string : string.lowercased()
  }

  /// An instant with its offset (RFC 3339 section 5.6).
  public static let time = Schema(.time) { value, place throws(Fault) in
    guard let string = value.string, Timestamp(string) != nil else {
      throw Fault("must be a time such as 2026-01-31T12:00:00Z", at: place)
    }
    return string
  }

  /// An address with one @, something on both sides and no spaces: all that is certain before a mail is sent.
  public static let emailAddress = Schema(.string(Shape.StringRule(maximumBytes: 320, format: "email"))) {
    value, place throws(Fault) in
    let string = try plain(value, place)
    let parts = string.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    let fits = string.utf8.count <= 320 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    guard fits, !string.utf8.contains(where: { $0 <= UInt8(ascii: " ") || $0 == 0x7F }) else {
      throw Fault("must be an email address of at most 320 bytes", at: place)
    }
    return string
  }

  /// One of these names.
  public static func choice(_ names: [String]) -> Schema {
    Schema(.choice(names)) { value, place throws(Fault) in
      guard let string = value.string, names.contains(string) else {
        throw Fault("must be one of \(names.joined(separator: ", "))", at: place)
      }
      return string
    }
  }

  /// This, but not white space alone.
  public var notBlank: Schema {
    Schema(shape.notBlank) { value, place throws(Fault) in
      let string = try self.decode(value, at: place)
      guard string.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
        throw Fault("must not be blank", at: place)
      }
      return string
    }
  }

  /// An object passed on as the bytes that came in: numbers within the range of a double keep their digits.
  public static func raw(maximumBytes: Int) -> Schema {
    Schema(.raw(maximumBytes: maximumBytes)) { value, place throws(Fault) in
      guard value.kind == .object else { throw Fault("must be an object", at: place) }
      let raw = place.raws[place.pointer]
      guard raw?.hasNUL != true else { throw Fault("must not contain U+0000", at: place) }
      guard raw?.hasExtremeNumber != true else {
        throw Fault("must not contain numbers beyond the range of a double", at: place)
      }
      let text = raw?.text ?? value.json
      // What counts is jsonb's text: it prints 1e300 as 301 digits.
      guard max(text.utf8.count, raw?.printedCount ?? 0) <= maximumBytes else {
        throw Fault("must have at most \(maximumBytes) bytes", at: place)
      }
      return text
    }
  }

  private static func plain(_ value: borrowing Value, _ place: Place) throws(Fault) -> String {
    guard let string = value.string else { throw Fault("must be a string", at: place) }
    guard !string.utf8.contains(0) else { throw Fault("must not contain U+0000", at: place) }
    return string
  }

  /// Whether a UUID is in lower case; nil where the text is none.
  private static func isLowercaseUUID(_ string: String) -> Bool? {
    let bytes = string.utf8.span
    guard bytes.count == 36 else { return nil }
    // Of digits, hyphens and small letters all have this bit, of capitals none.
    var common: UInt8 = 0x20
    for index in 0..<36 {
      let byte = bytes[index]
      let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
      guard isHyphen ? byte == UInt8(ascii: "-") : isHexDigit(byte) else { return nil }
      common &= byte
    }
    return common != 0
  }

  @inline(__always) private static func isHexDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }
}
