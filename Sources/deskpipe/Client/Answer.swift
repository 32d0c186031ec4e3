import JSON

/// A response line of the desk's, taken apart without being parsed: a result may hold numbers with more digits than
/// Jansson takes, and is shown byte for byte.
struct Answer {
  let isError: Bool
  /// The result, or the error object.
  let bytes: [UInt8]

  /// As the desk writes them, an answer's id comes before everything else.
  private static let start = Array(#"{"jsonrpc":"2.0","id":"#.utf8)

  /// Nil where the line is no response.
  init?(_ line: [UInt8]) {
    guard line.starts(with: Self.start) else { return nil }
    let rest = line.dropFirst(Self.start.count).drop { $0 != UInt8(ascii: ",") }
    let isError = rest.starts(with: Array(#","error":"#.utf8))
    guard isError || rest.starts(with: Array(#","result":"#.utf8)), let colon = rest.firstIndex(of: UInt8(ascii: ":")),
      let end = rest.lastIndex(of: UInt8(ascii: "}")), colon < end
    else { return nil }
    self.isError = isError
    bytes = Array(rest[(colon + 1)..<end])
  }

  /// The number that a line answers; nil of a notification.
  static func id(of line: [UInt8]) -> Int? {
    guard line.starts(with: start) else { return nil }
    return Int(String(decoding: line.dropFirst(start.count).prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self))
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// For people, where it can be parsed.
  var indented: String { (try? Document(bytes.span))?.withRoot { $0.indented } ?? text }
}
