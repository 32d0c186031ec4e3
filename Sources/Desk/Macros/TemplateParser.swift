/// Reads a template in one pass: every byte is looked at a fixed number of times, whatever is in it.
struct TemplateParser {
  private typealias Node = TemplateNode<TemplateName>

  private enum Sigil { case none, section, inverted, close, comment }

  private struct Tag {
    let sigil: Sigil
    let parts: [String]
    let range: Range<Int>
  }

  private struct OpenSection {
    let name: TemplateName
    let isInverted: Bool
  }

  private let source: [UInt8]
  /// Where the text that no node holds yet begins.
  private var start = 0
  private var open: [OpenSection] = []
  /// The nodes so far, of the template and of each open section.
  private var levels: [[Node]] = [[]]

  init(_ source: [UInt8]) { self.source = source }

  mutating func parse() throws(TemplateError) -> [TemplateNode<TemplateName>] {
    guard source.count <= Template.maximumCount else { throw error(.tooLong, at: Template.maximumCount) }
    while let next = index(ofDoubled: UInt8(ascii: "{"), from: start) {
      let tag = try readTag(at: next)
      let taken = tag.sigil == .none ? tag.range : standaloneLine(around: tag.range)
      addText(until: taken.lowerBound)
      start = taken.upperBound
      try add(tag)
    }
    addText(until: source.count)
    if let section = open.last { throw error(.unclosedSection(section.name.text), at: section.name.offset) }
    return levels[0]
  }

  private mutating func add(_ tag: Tag) throws(TemplateError) {
    let name = TemplateName(parts: tag.parts, offset: tag.range.lowerBound)
    switch tag.sigil {
    case .comment: break
    case .none: append(.value(name))
    case .section, .inverted:
      guard open.count < Template.maximumDepth else { throw error(.tooDeep, at: name.offset) }
      open.append(OpenSection(name: name, isInverted: tag.sigil == .inverted))
      levels.append([])
    case .close:
      guard let section = open.popLast() else { throw error(.unopenedSection(name.text), at: name.offset) }
      guard section.name.parts == name.parts else {
        throw error(.otherSectionOpen(open: section.name.text, closed: name.text), at: name.offset)
      }
      append(.section(section.name, isInverted: section.isInverted, levels.removeLast()))
    }
  }

  private mutating func append(_ node: Node) { levels[levels.count - 1].append(node) }

  private mutating func addText(until end: Int) {
    if start < end { append(.text(String(decoding: source[start..<end], as: UTF8.self))) }
  }

  private func readTag(at offset: Int) throws(TemplateError) -> Tag {
    var begin = offset + 2
    while begin < source.count, isSpace(source[begin]) { begin += 1 }
    guard begin < source.count else { throw error(.unclosedTag, at: offset) }
    let sigil = try sigil(source[begin], at: offset)
    if sigil != .none { begin += 1 }
    guard let end = index(ofDoubled: UInt8(ascii: "}"), from: begin) else { throw error(.unclosedTag, at: offset) }
    let range = offset..<end + 2
    if sigil == .comment { return Tag(sigil: sigil, parts: [], range: range) }
    return Tag(sigil: sigil, parts: try readName(begin..<end, of: offset), range: range)
  }

  private func sigil(_ byte: UInt8, at offset: Int) throws(TemplateError) -> Sigil {
    switch byte {
    case UInt8(ascii: "#"): return .section
    case UInt8(ascii: "^"): return .inverted
    case UInt8(ascii: "/"): return .close
    case UInt8(ascii: "!"): return .comment
    default:
      let opening = "{{" + String(UnicodeScalar(byte))
      if let feature = TemplateError.Feature(rawValue: opening) { throw error(.unsupported(feature), at: offset) }
      return .none
    }
  }

  /// The parts of a name; a custom field's name may hold spaces, and dots (`Vocabulary` knows).
  private func readName(_ range: Range<Int>, of offset: Int) throws(TemplateError) -> [String] {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isSpace(source[low]) { low += 1 }
    while low < high, isSpace(source[high - 1]) { high -= 1 }
    guard low < high else { throw error(.emptyName, at: offset) }
    let text = source[low..<high]
    if text.elementsEqual([UInt8(ascii: ".")]) { return [] }
    // A brace most likely means that this tag was never closed and another one follows.
    guard !text.contains(UInt8(ascii: "{")) else { throw error(.unclosedTag, at: offset) }
    guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "}") }) else {
      throw error(.badName, at: offset)
    }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// The line of a tag that stands alone on it, with its end; otherwise the tag's own range.
  private func standaloneLine(around tag: Range<Int>) -> Range<Int> {
    var low = tag.lowerBound
    while low > start, isBlank(source[low - 1]) { low -= 1 }
    guard low == 0 || source[low - 1] == UInt8(ascii: "\n") else { return tag }
    var high = tag.upperBound
    while high < source.count, isBlank(source[high]) { high += 1 }
    if high == source.count { return low..<high }
    if source[high] == UInt8(ascii: "\n") { return low..<high + 1 }
    guard source[high...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) else { return tag }
    return low..<high + 2
  }

  private func index(ofDoubled byte: UInt8, from begin: Int) -> Int? {
    var index = begin
    while index + 1 < source.count {
      if source[index] == byte, source[index + 1] == byte { return index }
      index += 1
    }
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func isSpace(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private func error(_ kind: TemplateError.Kind, at offset: Int) -> TemplateError {
    TemplateError(kind, at: offset, of: source)
  }
}
