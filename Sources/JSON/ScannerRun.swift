/// One scan over one line; `Scanner` says what it does.
///
/// A loop instead of recursion: how deep a line nests is its sender's choice, one bit a level is remembered.
struct ScannerRun {
  let bytes: ScannerBytes
  let paths: ScannerPaths
  let maximumDepth: Int
  let maximumElements: Int
  let maximumListed: Int
  var position = 0

  /// The containers around the position, counted from the element.
  var nesting = ScannerNesting()
  /// Where in `paths` the innermost container that matters is, and the member whose value comes next.
  var node = ScannerPaths.root
  var member = ScannerPaths.none
  /// Which element of the list that matters the position is in.
  var index = -1
  var element = Scanner.Element()
  var raw = OpenRaw()
  private var deepStart = 0
  /// The depth of params, where they are a container that has not ended, and where it began.
  private var openParams = (depth: 0, start: 0)

  /// A raw member that has not ended yet; its depth is 0 when there is none.
  struct OpenRaw {
    var depth = 0
    var member = 0
    var start = 0
    var hasNUL = false
    var hasExtremeNumber = false
    var growth = 0
  }

  init(
    bytes: ScannerBytes, paths: ScannerPaths, maximumDepth: Int, maximumElements: Int, maximumListed: Int
  ) {
    self.bytes = bytes
    self.paths = paths
    self.maximumDepth = maximumDepth
    self.maximumElements = maximumElements
    self.maximumListed = maximumListed
  }

  mutating func scanLine() throws(SyntaxError) -> Scanner.Scan {
    if bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    skipSpace()
    let isBatch = bytes[position] == UInt8(ascii: "[")
    var elements: [Scanner.Element] = []
    var count = 0
    if isBatch {
      position += 1
      skipSpace()
      if bytes[position] == UInt8(ascii: "]") {
        position += 1
      } else {
        repeat {
          try scanElement()
          if count < maximumElements { elements.append(element) }
          count += 1
        } while try !endsList(with: UInt8(ascii: "]"))
      }
    } else {
      try scanElement()
      elements = [element]
      count = 1
    }
    skipSpace()
    guard position == bytes.count else { throw SyntaxError(position: position) }
    return Scanner.Scan(isBatch: isBatch, elements: elements, count: count)
  }

  /// Goes over one value and what is in it.
  private mutating func scanElement() throws(SyntaxError) {
    element = Scanner.Element()
    node = ScannerPaths.root
    let start = position
    repeat {
      while try opensContainer() {}
    } while try findsNextValue()
    element.range = start..<position
  }

  /// Goes over the scalar or empty container at the position, or moves to the first value inside and says so.
  private mutating func opensContainer() throws(SyntaxError) -> Bool {
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "\""):
      finishString(try scanString(), from: start)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return try open(isObject: bytes[position] == UInt8(ascii: "{"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      finishNumber(try scanNumber(), from: start)
    case UInt8(ascii: "t"):
      try scan("true")
    case UInt8(ascii: "f"):
      try scan("false")
    case UInt8(ascii: "n"):
      try scan("null")
      if hasRole(.id) { element.id = .usable(Scanner.Original(range: start..<position, copy: nil)) }
    default:
      throw SyntaxError(position: position)
    }
    if member == paths.params { element.envelope.params = start..<position }
    member = ScannerPaths.none
    return false
  }

  /// After a value: closes the containers that end here and moves to the next value; false when the element ended.
  private mutating func findsNextValue() throws(SyntaxError) -> Bool {
    while nesting.depth > 0 {
      let isObject = nesting.isObject
      if try endsList(with: UInt8(ascii: isObject ? "}" : "]")) {
        close()
      } else {
        if isObject { try scanName() } else { enterElement() }
        return true
      }
    }
    return false
  }

  /// Whether the list of members or elements ends here; otherwise moves behind its comma.
  private mutating func endsList(with bracket: UInt8) throws(SyntaxError) -> Bool {
    skipSpace()
    let byte = bytes[position]
    guard byte == bracket || byte == UInt8(ascii: ",") else { throw SyntaxError(position: position) }
    position += 1
    if byte == bracket { return true }
    skipSpace()
    return false
  }

  private mutating func open(isObject: Bool) throws(SyntaxError) -> Bool {
    nesting.open(isObject: isObject)
    if member == paths.params { openParams = (nesting.depth, position) }
    if member != ScannerPaths.none {
      switch paths.nodes[member].role {
      case .object where isObject: node = member
      case .raw where isObject, .rawList where !isObject:
        raw = OpenRaw(depth: nesting.depth, member: member, start: position)
      case .list where !isObject:
        node = member
        index = -1
      default: break
      }
    }
    member = ScannerPaths.none
    if nesting.depth == maximumDepth + 1 { deepStart = position }
    position += 1
    skipSpace()
    if bytes[position] == UInt8(ascii: isObject ? "}" : "]") {
      position += 1
      close()
      return false
    }
    if isObject { try scanName() } else { enterElement() }
    return true
  }

  /// Moves to the next element of a list; one that matters leads to the members of its objects.
  private mutating func enterElement() {
    guard nesting.depth == paths.nodes[node].depth, paths.nodes[node].role == .list else { return }
    index += 1
    if index < maximumListed { member = paths.nodes[node].firstChild }
  }

  /// Leaves the container that ends right before the position.
  private mutating func close() {
    let depth = nesting.depth
    if depth == maximumDepth + 1 {
      bytes.overwrite(deepStart + 1..<position - 1, with: "")
      element.isTooDeep = true
    }
    if depth == raw.depth { finishRaw() }
    if depth == openParams.depth {
      element.envelope.params = openParams.start..<position
      openParams.depth = 0
    }
    if depth == paths.nodes[node].depth { node = paths.nodes[node].parent }
    nesting.close()
  }

  /// Goes over a member's name and its colon; what an earlier member of that name brought is forgotten.
  private mutating func scanName() throws(SyntaxError) {
    let start = position
    guard bytes[position] == UInt8(ascii: "\"") else { throw SyntaxError(position: position) }
    let marks = try scanString()
    if nesting.depth == paths.nodes[node].depth {
      member = paths.child(of: node, in: bytes, at: start + 1..<position - 1, isEscaped: marks.contains(.escape))
      if member != ScannerPaths.none { forget() }
    }
    // Jansson refuses U+0000 in a name; with U+FFFD in its place the name is as unknown as before.
    finishEscapes(marks, in: start..<position, isName: true)
    skipSpace()
    guard bytes[position] == UInt8(ascii: ":") else { throw SyntaxError(position: position) }
    position += 1
    skipSpace()
  }

  private mutating func scan(_ word: StaticString) throws(SyntaxError) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard unsafe bytes[position + offset] == word.utf8Start[offset] else {
        throw SyntaxError(position: position + offset)
      }
    }
    position += word.utf8CodeUnitCount
  }

  private mutating func skipSpace() {
    while true {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position &+= 1
      default: return
      }
    }
  }
}
