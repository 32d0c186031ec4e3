import JSON

/// A response line of the desk's, taken apart without being parsed: a result may hold numbers with more digits than
/// Jansson takes, and is shown byte for byte.
struct Answer {
  let isError: Bool
  /// The result, or the error object.
  let bytes: [UInt8]

  /// Nil where the line is no response.
  init?(_ line: [UInt8]) {
    let start = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    guard line.starts(with: start) else { return nil }
    let rest = line.dropFirst(start.count).drop { $0 != UInt8(ascii: ",") }
    let isError = rest.starts(with: Array(#","error":"#.utf8))
    guard isError || rest.starts(with: Array(#","result":"#.utf8)), let colon = rest.firstIndex(of: UInt8(ascii: ":")),
      let end = rest.lastIndex(of: UInt8(ascii: "}")), colon < end
    else { return nil }
    self.isError = isError
    bytes = Array(rest[(colon + 1)..<end])
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// For people, where it can be parsed.
  var indented: String { (try? Document(bytes.span))?.withRoot { $0.indented } ?? text }
}
