/// Reads comma-separated values (RFC 4180) as the bytes come, a record at a time.
///
/// Accepted beyond the letter: LF or CRLF or CR at the end of a record, a byte order mark, another separator, and a
/// quote inside a field that did not begin with one, which stands for itself. Blank lines are no records.
struct CSVReader {
  enum Record: Equatable {
    case fields([[UInt8]])
    /// A record that is no CSV, or over the limit, with what is wrong; the next one is read all the same.
    case faulty(String)
  }

  private enum State { case start, plain, quoted, quoteInQuoted, afterCR }

  let separator: UInt8
  /// How many bytes a record may have.
  private let limit: Int
  private var state = State.start
  private var fields: [[UInt8]] = []
  private var field: [UInt8] = []
  private var bytes = 0
  private var fault: String?
  /// How much of a byte order mark has come; all of it where there is none.
  private var markCount = 0
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(separator: UInt8 = UInt8(ascii: ","), limit: Int = 1 << 20) {
    self.separator = separator
    self.limit = limit
  }

  /// Takes the next bytes and hands out every record that they end.
  mutating func append(_ input: ArraySlice<UInt8>, _ body: (Record) -> Void) {
    for byte in input {
      if markCount < Self.mark.count, byte == Self.mark[markCount] {
        markCount += 1
        continue
      }
      if markCount < Self.mark.count {
        // What began like a mark was none.
        for begun in Self.mark[..<markCount] { take(begun, body) }
        markCount = Self.mark.count
      }
      take(byte, body)
    }
  }

  /// The input is over: a last record without an end counts, unless a quote is open.
  mutating func finish(_ body: (Record) -> Void) {
    if markCount < Self.mark.count { for begun in Self.mark[..<markCount] { take(begun, body) } }
    if state == .quoted { fault = "a quote is never closed" }
    if state != .start && state != .afterCR || !fields.isEmpty { endRecord(body) }
  }

  private mutating func take(_ byte: UInt8, _ body: (Record) -> Void) {
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { keep(byte) }
      return
    case .quoteInQuoted where byte == UInt8(ascii: "\""):
      keep(byte)
      state = .quoted
      return
    case .afterCR:
      state = .start
      if byte == UInt8(ascii: "\n") { return }
    case .start, .plain, .quoteInQuoted: break
    }
    switch byte {
    case separator: endField()
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      // Nothing at all on a line is a blank line, not a record of one empty field.
      if state != .start || !fields.isEmpty { endRecord(body) }
      state = byte == UInt8(ascii: "\r") ? .afterCR : .start
    case UInt8(ascii: "\"") where state == .start: state = .quoted
    default:
      if state == .quoteInQuoted { fault = fault ?? "something follows a closing quote" }
      keep(byte)
      state = .plain
    }
  }

  private mutating func keep(_ byte: UInt8) {
    bytes += 1
    if bytes > limit { fault = "longer than \(limit) bytes" } else { field.append(byte) }
  }

  private mutating func endField() {
    fields.append(field)
    field.removeAll(keepingCapacity: true)
    state = .start
  }

  private mutating func endRecord(_ body: (Record) -> Void) {
    endField()
    body(fault.map(Record.faulty) ?? .fields(fields))
    fields.removeAll(keepingCapacity: true)
    bytes = 0
    fault = nil
  }
}
