import JSON

/// A JSON object of a token: its header, its claims or an object in them.
///
/// As strict as JOSE wants it: UTF-8 without a byte order mark, no member twice at any depth (RFC 7515 section 4),
/// nested at most 16 deep. `Scanner` checks the grammar; here the members are only found. A tree of `Document`'s would
/// take a quarter of the time of a verification, most of it for members that nobody asks for.
struct TokenObject {
  /// A member of an object or an element of an array; small, since a list of more than a KiB costs a slower malloc.
  struct Entry {
    /// The index of the entry that holds this one; -1 for the object itself.
    let parent: Int16
    /// Where the name is, between the quotes.
    let name: Range<Int16>
    /// The first eight bytes that the name stands for, which tell nearly all apart, and how many it has in all.
    let head: UInt64
    let nameCount: Int16
    let start: Int16
    var end: Int16
    /// Whether this is a string with an escape in it.
    var isEscaped = false

    var value: Range<Int> { Int(start)..<Int(end) }
  }

  /// The name of a claim or header parameter that is asked for. Of nearly all, the head is all of it.
  struct Name: ExpressibleByStringLiteral, CustomStringConvertible {
    let head: UInt64
    let count: Int16
    private let literal: StaticString

    /// Inlined so that the compiler does it: some forty names are asked for in a token.
    @inline(__always) init(stringLiteral literal: StaticString) {
      let count = literal.utf8CodeUnitCount
      var head: UInt64 = 0
      for index in 0..<min(count, 8) { head = unsafe head << 8 | UInt64(literal.utf8Start[index]) }
      self.head = head
      self.count = Int16(count)
      self.literal = literal
    }

    var description: String { literal.description }

    /// Whether a name of the same head and count is this one.
    func isSpelled(_ inside: ArraySlice<UInt8>) -> Bool {
      guard count > 8 else { return true }
      let bytes = JSONText.unescaped(inside)
      return bytes.indices.allSatisfy { unsafe bytes[$0] == literal.utf8Start[$0] }
    }
  }

  private let text: [UInt8]
  private let entries: [Entry]
  private let index: Int

  /// nil when the text is not such an object, or longer than 32,767 bytes.
  ///
  /// - Parameter text: is rewritten as `Scanner` says, in place, so that no copy need be made.
  init?(_ text: inout [UInt8]) {
    // The scanner lets a byte order mark pass, as it does at the head of a line.
    guard text.count <= Int16.max, text.first != 0xEF, let scan = try? Self.scanner.scan(&text), !scan.isBatch,
      let element = scan.elements.first, !element.isTooDeep, text[element.range.lowerBound] == UInt8(ascii: "{")
    else { return nil }
    var reader = TokenObjectReader(text, at: element.range.lowerBound)
    guard reader.readValue(parent: -1, name: 0..<0, isNameEscaped: false) else { return nil }
    self.init(text: text, entries: reader.entries, index: 0)
  }

  private static let scanner = Scanner(rawMembers: [], maximumDepth: 16)

  private init(text: [UInt8], entries: [Entry], index: Int) {
    self.text = text
    self.entries = entries
    self.index = index
  }

  func has(_ name: Name) -> Bool { find(name) != nil }

  /// The string of a member; nil when there is none or it is no string.
  func string(_ name: Name) -> String? {
    guard let index = find(name) else { return nil }
    return string(entries[index])
  }

  /// The integer of a member; nil when there is none or it is no integer, as 1.0 and 1e3 are none.
  func integer(_ name: Name) -> Int? {
    guard let index = find(name) else { return nil }
    return Self.integer(text.span.extracting(entries[index].value))
  }

  /// The object of a member; nil when there is none or it is no object.
  func object(_ name: Name) -> TokenObject? {
    guard let index = find(name), text[Int(entries[index].start)] == UInt8(ascii: "{") else { return nil }
    return TokenObject(text: text, entries: entries, index: index)
  }

  /// The elements of a member that is an array, nil for each that is no string; nil when it is no array.
  func strings(_ name: Name) -> [String?]? {
    guard let index = find(name), text[Int(entries[index].start)] == UInt8(ascii: "[") else { return nil }
    return entries[(index + 1)...].filter { $0.parent == Int16(index) }.map(string)
  }

  private func find(_ name: Name) -> Int? {
    let entries = entries.span
    for position in (index + 1)..<entries.count where entries[position].head == name.head {
      let entry = entries[position]
      guard entry.parent == Int16(index), entry.nameCount == name.count else { continue }
      if name.isSpelled(text[Int(entry.name.lowerBound)..<Int(entry.name.upperBound)]) { return position }
    }
    return nil
  }

  private static func integer(_ text: Span<UInt8>) -> Int? {
    let isNegative = text[0] == UInt8(ascii: "-")
    var number = 0
    for index in (isNegative ? 1 : 0)..<text.count {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
      // The scanner has taken out what fits no 64 bits, but for the sign.
      let (tens, isTooMuch) = number.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooMuch) = tens.subtractingReportingOverflow(Int(text[index] - UInt8(ascii: "0")))
      if isTooMuch || isStillTooMuch { return nil }
      number = sum
    }
    return isNegative ? number : number == .min ? nil : -number
  }

  private func string(_ entry: Entry) -> String? {
    guard text[Int(entry.start)] == UInt8(ascii: "\"") else { return nil }
    let inside = (Int(entry.start) + 1)..<(Int(entry.end) - 1)
    if entry.isEscaped { return String(decoding: JSONText.unescaped(text[inside]), as: UTF8.self) }
    let bytes = text.span.extracting(inside)
    return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
