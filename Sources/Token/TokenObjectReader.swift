/// Goes once over a value that is known to be JSON and notes where its members and elements are.
struct TokenObjectReader {
  private let text: [UInt8]
  private var position: Int
  private(set) var entries: [TokenObject.Entry] = []

  init(_ text: [UInt8], at position: Int) {
    self.text = text
    self.position = position
    entries.reserveCapacity(40)
  }

  /// Reads the value at the position; false when an object in it has a member twice.
  ///
  /// Recursion is fine, since the depth was bounded before.
  mutating func readValue(parent: Int, name: Range<Int>, isNameEscaped: Bool) -> Bool {
    let index = entries.count
    entries.append(entry(parent: parent, name: name, isNameEscaped: isNameEscaped))
    var isUnique = true
    switch text[position] {
    case UInt8(ascii: "\""): entries[index].isEscaped = readString()
    case UInt8(ascii: "{"): isUnique = readMembers(of: index)
    case UInt8(ascii: "["): isUnique = readElements(of: index)
    default: while position < text.count, !Self.endsScalar(text[position]) { position += 1 }
    }
    entries[index].end = Int16(position)
    return isUnique
  }

  private func entry(parent: Int, name: Range<Int>, isNameEscaped: Bool) -> TokenObject.Entry {
    var head: UInt64 = 0
    var count = name.count
    if isNameEscaped {
      let meant = JSONText.unescaped(text[name])
      count = meant.count
      for byte in meant.prefix(8) { head = head << 8 | UInt64(byte) }
    } else {
      let bytes = text.span
      for index in name.lowerBound..<(name.lowerBound + min(count, 8)) { head = head << 8 | UInt64(bytes[index]) }
    }
    return TokenObject.Entry(
      parent: Int16(parent), name: Int16(name.lowerBound)..<Int16(name.upperBound), head: head,
      nameCount: Int16(count), start: Int16(position), end: 0)
  }

  private mutating func readMembers(of index: Int) -> Bool {
    position += 1
    while entersNext() {
      let start = position + 1
      let isEscaped = readString()
      let name = start..<(position - 1)
      skipSpaces(and: UInt8(ascii: ":"))
      guard readValue(parent: index, name: name, isNameEscaped: isEscaped) else { return false }
    }
    return hasUniqueNames(index)
  }

  private mutating func readElements(of index: Int) -> Bool {
    position += 1
    while entersNext() {
      guard readValue(parent: index, name: 0..<0, isNameEscaped: false) else { return false }
    }
    return true
  }

  /// Moves to the next member or element; behind the closing bracket when there is none.
  private mutating func entersNext() -> Bool {
    skipSpaces(and: UInt8(ascii: ","))
    guard text[position] == UInt8(ascii: "}") || text[position] == UInt8(ascii: "]") else { return true }
    position += 1
    return false
  }

  /// Moves behind the string at the position; whether it holds an escape.
  private mutating func readString() -> Bool {
    let (end, isEscaped) = Self.end(of: text.span, from: position + 1)
    position = end
    return isEscaped
  }

  /// Where a string ends whose inside begins there. This loop goes over most of a token.
  private static func end(of text: Span<UInt8>, from start: Int) -> (end: Int, isEscaped: Bool) {
    var isEscaped = false
    var position = start
    while true {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return (position, isEscaped) }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        position += 1
      }
    }
  }

  private mutating func skipSpaces(and mark: UInt8) {
    while text[position] == mark || Self.isSpace(text[position]) { position += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || isSpace(byte)
  }

  /// Whether no two members of an object have the same name once their escapes are read.
  private func hasUniqueNames(_ index: Int) -> Bool {
    let entries = entries.span
    let parent = Int16(index)
    // Pairs are faster for the few members that tokens have; a set bounds the time for thousands.
    guard entries.count - index <= 64 else {
      let names = self.entries[(index + 1)...].lazy.filter { $0.parent == parent }.map(name)
      return Set(names).count == names.count
    }
    for position in (index + 1)..<entries.count where entries[position].parent == parent {
      let head = entries[position].head
      for other in (index + 1)..<position where entries[other].head == head {
        guard entries[other].parent == parent else { continue }
        if name(entries[other]) == name(entries[position]) { return false }
      }
    }
    return true
  }

  private func name(_ entry: TokenObject.Entry) -> [UInt8] {
    JSONText.unescaped(text[Int(entry.name.lowerBound)..<Int(entry.name.upperBound)])
  }
}
