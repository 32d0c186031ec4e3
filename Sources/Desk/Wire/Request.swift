import JSON

/// The envelope of a request (JSON-RPC 2.0, section 4), without its id, as the scanner found it.
struct Request {
  let method: String
  /// The members that every call may carry.
  let session: String?
  let token: String?

  static let common = ["session", "token"]

  /// Reads the envelope of an element of a line; its parameters are looked at only as far as to tell that they are some.
  init(_ element: Scanner.Element, in line: Span<UInt8>) throws(Failure) {
    let envelope = element.envelope
    guard line[element.range.lowerBound] == UInt8(ascii: "{") else {
      throw Failure(.invalidRequest, "A request is an object.")
    }
    guard let version = envelope.version, Scanner.string(at: version, in: line) == "2.0" else {
      throw Failure(.invalidRequest, "jsonrpc must be \"2.0\".")
    }
    guard let range = envelope.method, let method = Scanner.string(at: range, in: line) else {
      throw Failure(.invalidRequest, "method must be a string.")
    }
    switch envelope.params.map({ line[$0.lowerBound] }) {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "n"): break
    case UInt8(ascii: "["):
      throw Failure(.invalidParams, "Parameters are given by name, in an object.", path: "")
    default: throw Failure(.invalidRequest, "params must be an object.")
    }
    self.method = method
    session = try Self.string("session", at: envelope.session, in: line)
    token = try Self.string("token", at: envelope.token, in: line)
  }

  /// Lends the parameters of an element, an empty object where there are none.
  ///
  /// - Parameter isIdentified: whether session and token have done their part; they are empty then.
  static func withParams<R>(
    of element: Scanner.Element, in line: Span<UInt8>, isIdentified: Bool,
    _ body: (borrowing Value) throws(Failure) -> R
  ) throws(Failure) -> R {
    guard let range = element.envelope.params, line[range.lowerBound] == UInt8(ascii: "{") else {
      return try Document.withEmptyObject(body)
    }
    let text = line.extracting(range)
    let document: Document
    do throws(SyntaxError) {
      if isIdentified, let string = element.envelope.session ?? element.envelope.token {
        let start = string.lowerBound + 1 - range.lowerBound
        document = try Document(text, omitting: start..<string.upperBound - 1 - range.lowerBound)
      } else {
        document = try Document(text)
      }
    } catch { throw Failure(.parseError) }
    return try document.withRoot(body)
  }

  private static func string(
    _ name: String, at range: Range<Int>?, in line: Span<UInt8>
  ) throws(Failure) -> String? {
    guard let range else { return nil }
    guard let string = Scanner.string(at: range, in: line) else {
      throw Failure(.invalidParams, "\(name) must be a string", path: "/\(name)")
    }
    return string
  }
}
