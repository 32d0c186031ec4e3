import JSON

/// JSON as JOSE wants it: an object in UTF-8 without a byte order mark, no member twice at any depth (RFC 7515
/// section 4), nested at most 16 deep.
enum StrictJSON {
  /// Lends the object; nil when the text is not such an object.
  static func withObject<R, E: Error>(
    _ text: [UInt8], _ body: (borrowing Value) throws(E) -> R
  ) throws(E) -> R? {
    guard let document = document(text) else { return nil }
    return try document.withRoot(body)
  }

  private static let scanner = Scanner(rawMembers: [], maximumDepth: 16)

  private static func document(_ text: [UInt8]) -> Document? {
    var text = text
    // The scanner lets a byte order mark pass, as it does at the head of a line.
    guard text.first != 0xEF, let scan = try? scanner.scan(&text), !scan.isBatch,
      let element = scan.elements.first, !element.isTooDeep, text[element.range.lowerBound] == UInt8(ascii: "{")
    else { return nil }
    return try? Document(text.span, duplicates: .refused)
  }
}

extension Value {
  /// The string of a member; nil when there is none or it is no string.
  func string(_ name: String) -> String? { member(name) { $0.string } ?? nil }
}
