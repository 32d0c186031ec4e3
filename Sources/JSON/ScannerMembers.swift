/// What a scan remembers of a request's members, and what it rewrites.
extension ScannerRun {
  /// Forgets what an earlier member of the name just read brought: the last one counts, as in Jansson and in jsonb.
  mutating func forget() {
    switch paths.nodes[member].role {
    case .id: element.id = .unusable
    case .target: element.target = nil
    case .version: element.envelope.version = 0..<0
    case .method: element.envelope.method = 0..<0
    case .session: element.envelope.session = 0..<0
    case .token: element.envelope.token = 0..<0
    case .raw, .rawList, .object, .list:
      if member == paths.params { (element.envelope.session, element.envelope.token) = (nil, nil) }
      if element.target != nil, paths.isNode(paths.target, within: member) { element.target = nil }
      if !element.raws.isEmpty {
        let (paths, member, index) = (paths, member, index)
        // Those of other elements of a list stay; those of this one came last.
        let isListed = paths.nodes[member].isListed
        let others = isListed ? element.raws.lastIndex { $0.index != index }.map { $0 + 1 } ?? 0 : 0
        let kept = element.raws[others...].filter { !paths.isNode($0.member, within: member) }
        element.raws.replaceSubrange(others..., with: kept)
      }
    }
  }

  func hasRole(_ role: ScannerPaths.Role) -> Bool {
    member != ScannerPaths.none && paths.nodes[member].role == role
  }

  mutating func finishString(_ marks: Marks, from start: Int) {
    if member != ScannerPaths.none {
      let range = start..<position
      keep(range, willChange: marks.contains(.loneSurrogate))
      switch paths.nodes[member].role {
      case .version: element.envelope.version = range
      case .method: element.envelope.method = range
      case .session: element.envelope.session = range
      case .token: element.envelope.token = range
      case .id, .target, .raw, .rawList, .object, .list: break
      }
    }
    finishEscapes(marks, in: start..<position, isName: false)
  }

  mutating func finishEscapes(_ marks: Marks, in range: Range<Int>, isName: Bool) {
    if marks.contains(.nul), raw.depth > 0 { raw.hasNUL = true }
    let hasNULs = isName && marks.contains(.nul)
    if marks.contains(.loneSurrogate) || hasNULs { replaceEscapes(in: range, withNULs: hasNULs) }
  }

  /// Outside raw members a number that Jansson refuses becomes an array in an array, which no schema takes for a
  /// number; that of an id becomes 0, since ids are echoed from their own bytes.
  mutating func finishNumber(_ marks: NumberMarks, from start: Int) {
    let range = start..<position
    if member != ScannerPaths.none { keep(range, willChange: !marks.isFit) }
    if raw.depth > 0 {
      raw.growth += marks.growth
      if marks.isExtreme { raw.hasExtremeNumber = true }
    } else if !marks.isFit {
      let isKept = hasRole(.id) || hasRole(.target)
      bytes.overwrite(range, with: isKept ? "0" : "[[]]")
      if !isKept { element.hasUnfitNumber = true }
    }
  }

  /// Remembers the string or number just read if it is the request's id or the id in its params.
  private mutating func keep(_ range: Range<Int>, willChange: Bool) {
    guard hasRole(.id) || hasRole(.target) else { return }
    let original = Scanner.Original(range: range, copy: willChange ? bytes.copy(range) : nil)
    if hasRole(.id) { element.id = .usable(original) } else { element.target = original }
  }

  /// Keeps the raw member that ends right before the position, and leaves an empty one to Jansson.
  mutating func finishRaw() {
    let range = raw.start..<position
    element.raws.append(
      Scanner.Raw(
        pointer: paths.pointer(of: raw.member, index: index), range: range,
        text: String(decoding: bytes.copy(range), as: UTF8.self),
        hasNUL: raw.hasNUL, hasExtremeNumber: raw.hasExtremeNumber, printedCount: range.count + raw.growth,
        member: raw.member, index: paths.nodes[raw.member].isListed ? index : -1))
    bytes.overwrite(raw.start + 1..<position - 1, with: "")
    raw.depth = 0
  }
}
