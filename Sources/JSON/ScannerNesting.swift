/// The containers around a position: one bit a level, the innermost 64 of them in a register.
struct ScannerNesting {
  private(set) var depth = 0
  private var current: UInt64 = 0
  private var outer: [UInt64] = []

  /// Whether the innermost container is an object.
  var isObject: Bool { current & 1 == 1 }

  mutating func open(isObject: Bool) {
    if depth > 0, depth % 64 == 0 {
      outer.append(current)
      current = 0
    }
    current = current << 1 | (isObject ? 1 : 0)
    depth += 1
  }

  mutating func close() {
    current >>= 1
    depth -= 1
    if depth > 0, depth % 64 == 0 { current = outer.removeLast() }
  }
}
