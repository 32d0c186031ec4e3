/// Goes once over a line before Jansson does, since Jansson cannot give back what came in.
///
/// A line that passes is valid JSON (RFC 8259) in valid UTF-8, and each of its elements can be parsed as a `Document`.
/// One leading byte order mark and white space around the value are allowed. To that end the scan rewrites in place,
/// never changing a length: escaped lone surrogates become U+FFFD, numbers that fit neither 64 bits nor a double
/// become an array in an array, the inside of raw members and of what nests too deep becomes spaces.
public struct Scanner: Sendable {
  private let paths: ScannerPaths
  private let maximumDepth: Int
  private let maximumElements: Int
  private let maximumListed: Int

  /// - Parameters:
  ///   - rawMembers: JSON pointers within params (RFC 6901) of values that are kept as their own bytes where they are
  ///     objects, such as `/metadata` and `/customer/metadata`; `*` stands for every element of a list, once in a
  ///     pointer.
  ///   - rawLists: the same of values that are kept where they are lists.
  ///   - maximumDepth: how many containers, the element's own included, may be around a value.
  ///   - maximumElements: how many elements of a batch are told apart; the rest are only checked and counted.
  ///   - maximumListed: of how many elements of a list raw members are kept.
  public init(
    rawMembers: [String], rawLists: [String] = [], maximumDepth: Int = 64, maximumElements: Int = 10_000,
    maximumListed: Int = 100
  ) {
    paths = ScannerPaths(rawMembers: rawMembers, rawLists: rawLists)
    self.maximumDepth = maximumDepth
    self.maximumElements = maximumElements
    self.maximumListed = maximumListed
  }

  /// Scans one line; a line that is not JSON is left partly rewritten.
  public func scan(_ line: inout [UInt8]) throws(SyntaxError) -> Scan {
    try unsafe line.withUnsafeMutableBufferPointer { (buffer) throws(SyntaxError) -> Scan in
      guard let base = buffer.baseAddress else { throw SyntaxError(position: 0) }
      let bytes = unsafe ScannerBytes(lending: base, count: buffer.count)
      var run = ScannerRun(
        bytes: bytes, paths: paths, maximumDepth: maximumDepth, maximumElements: maximumElements,
        maximumListed: maximumListed)
      return try run.scanLine()
    }
  }
}
