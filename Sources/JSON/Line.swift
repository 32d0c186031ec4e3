/// Writes response lines: one JSON value a line, UTF-8, LF only.
///
/// U+2028, U+2029 and U+0085 are always written as escapes, since several clients' line readers split there. In JSON
/// they can only be within strings, so finished JSON is copied with those bytes replaced and not parsed again.
public struct Line: Sendable {
  /// All lines so far.
  public private(set) var bytes: [UInt8]

  /// - Parameter bytes: lines to write behind, such as an output buffer that is handed back and forth.
  public init(after bytes: consuming [UInt8] = []) { self.bytes = bytes }

  /// Hands the lines out and starts anew without them, with room for so many bytes.
  public mutating func take(reserving capacity: Int = 0) -> [UInt8] {
    defer {
      bytes = []
      bytes.reserveCapacity(capacity)
    }
    return bytes
  }

  /// Ends the line.
  public mutating func end() { bytes.append(UInt8(ascii: "\n")) }

  /// Appends a piece of an envelope, as it is.
  public mutating func append(_ piece: StaticString) {
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: piece.utf8Start, count: piece.utf8CodeUnitCount))
  }

  public mutating func append(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Appends finished JSON, such as a result's bytes or an id's.
  ///
  /// Controls can only be white space between values there (jsonb writes none) and become spaces, so that nothing
  /// that is passed in can end a line.
  ///
  /// - Parameter json: JSON in valid UTF-8; not checked.
  public mutating func append(copying json: Span<UInt8>) {
    unsafe json.withUnsafeBufferPointer { unsafe append(escaping: $0, isJSON: true) }
  }

  /// Appends finished JSON that is a string of ours.
  public mutating func append(copying json: String) { append(copying: json.utf8.span) }

  /// Appends a text as a JSON string with its quotes.
  public mutating func append(quoting text: String) {
    bytes.append(UInt8(ascii: "\""))
    unsafe text.utf8.span.withUnsafeBufferPointer { unsafe append(escaping: $0, isJSON: false) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A text as a JSON string with its quotes.
  public static func quoted(_ text: String) -> String {
    var line = Line()
    line.append(quoting: text)
    return String(decoding: line.bytes, as: UTF8.self)
  }

  private mutating func append(escaping source: UnsafeBufferPointer<UInt8>, isJSON: Bool) {
    var copied = 0
    var index = 0
    while true {
      unsafe index = LineEscapes.next(in: source, from: index, isJSON: isJSON)
      guard index < source.count else { break }
      let (length, escape) = unsafe LineEscapes.escape(in: source, at: index, isJSON: isJSON)
      if let escape {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[copied..<index]))
        append(escape)
        copied = index + length
      }
      index += length
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[copied...]))
  }
}
