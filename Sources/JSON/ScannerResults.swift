extension Scanner {
  /// What a `Scanner` found in one line. All ranges are offsets in bytes into that line.
  public struct Scan: Equatable, Sendable {
    /// Whether the line is an array, each of whose elements is a request (JSON-RPC 2.0 section 6).
    public let isBatch: Bool
    /// The line's only value, or the first elements of a batch, no more than the scanner's `maximumElements`.
    public let elements: [Element]
    /// How many elements the batch has; more than `elements.count` when it is longer than is allowed. 1 for no batch.
    public let count: Int
  }

  /// One JSON value of a line, fit to be parsed as a `Document` of its own.
  public struct Element: Equatable, Sendable {
    public internal(set) var range = 0..<0
    public internal(set) var id = Identifier.absent
    public internal(set) var envelope = Envelope()
    /// The string or number in the member `id` of params, by which `$/cancelRequest` names a request; nil when there
    /// is none.
    public internal(set) var target: Original?
    /// Whether it nests deeper than allowed; what is deeper has been blanked.
    public internal(set) var isTooDeep = false
    /// Whether a number outside raw members has been replaced because it fits neither 64 bits nor a double; its place
    /// is taken by an array, which a schema refuses.
    public internal(set) var hasUnfitNumber = false
    /// The raw members that it has, each pointer once, in the order of the text.
    public internal(set) var raws: [Raw] = []
  }

  /// Where the members that every request has are, so that nobody looks for them again; of several of a name the last
  /// one counts.
  public struct Envelope: Equatable, Sendable {
    /// Where a string is, its quotes included; empty where there is something else, nil where there is nothing.
    public internal(set) var version: Range<Int>?
    public internal(set) var method: Range<Int>?
    /// The same for members of params.
    public internal(set) var session: Range<Int>?
    public internal(set) var token: Range<Int>?
    /// Where params are, whatever they are.
    public internal(set) var params: Range<Int>?
  }

  /// The member `id` of a request; of several the last one counts.
  public enum Identifier: Equatable, Sendable {
    /// There is none: a notification.
    case absent
    /// A string, a number or null, to be echoed byte for byte.
    case usable(Original)
    /// A boolean, an array or an object, which JSON-RPC does not allow.
    case unusable
  }

  /// A scalar whose own bytes are wanted, whatever the scan had to rewrite.
  public struct Original: Equatable, Sendable {
    public let range: Range<Int>
    /// What came in where the scan has rewritten it.
    let copy: [UInt8]?

    /// The bytes as they came in.
    ///
    /// - Parameter line: the line that was scanned.
    public func bytes(in line: Span<UInt8>) -> [UInt8] {
      if let copy { return copy }
      let part = line.extracting(range)
      return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  /// The string at a range that an envelope names; nil where it is none.
  ///
  /// - Parameter line: the line that was scanned.
  public static func string(at range: Range<Int>, in line: Span<UInt8>) -> String? {
    guard range.count >= 2 else { return nil }
    let inside = line.extracting(range.lowerBound + 1..<range.upperBound - 1)
    let (text, isEscaped) = unsafe inside.withUnsafeBufferPointer { bytes in
      unsafe (String(decoding: bytes, as: UTF8.self), bytes.contains(UInt8(ascii: "\\")))
    }
    guard isEscaped else { return text }
    return (try? Document(line.extracting(range)))?.withRoot { $0.string }
  }

  /// The object in a raw member, as it came in but for lone surrogates, which are U+FFFD.
  ///
  /// The line has an empty object in its place.
  public struct Raw: Equatable, Sendable {
    /// The JSON pointer within params (RFC 6901).
    public let pointer: String
    public let range: Range<Int>
    public let text: String
    /// Whether it holds an escaped U+0000, which jsonb refuses.
    public let hasNUL: Bool
    /// Whether it holds a number beyond the range of a double, or with an exponent that no double has.
    public let hasExtremeNumber: Bool
    /// The most bytes jsonb may need to print it (spaces aside): it writes 1e300 as 301 digits.
    public let printedCount: Int

    let member: Int
    let index: Int
  }
}
