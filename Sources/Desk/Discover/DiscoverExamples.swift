public import JSON

/// A file under protocol/examples: calls of one method with what they answer on a fresh demo desk.
public struct MethodExamples: Sendable {
  public struct Example: Sendable {
    public let name: String
    /// The parameters in the order of the file, each value as JSON.
    public let params: [(name: String, value: String)]
    /// The result or the error, as JSON; one of them is there.
    public let result: String?
    public let error: String?
  }

  public let method: String
  public let examples: [Example]

  /// Reads the text of a file; members that are for the replaying alone are left out.
  public init(_ text: String) throws(SyntaxError) {
    let document = try Document(text.utf8.span)
    (method, examples) = document.withRoot { root in
      let method: String = root.member("method") { $0.string ?? "" } ?? ""
      let examples: [Example] =
        root.member("examples") { list in
          (0..<list.count).compactMap { list.element($0) { Example($0) } }
        } ?? []
      return (method, examples)
    }
  }
}

extension MethodExamples {
  /// Those of this build, in the order of the methods' names.
  public static let all = EmbeddedExamples.texts.compactMap { try? MethodExamples($0) }
}

extension MethodExamples.Example {
  init(_ value: borrowing Value) {
    var params: [(name: String, value: String)] = []
    value.member("params") { object in object.forEachMember { params.append(($0, $1.json)) } }
    self.params = params
    name = value.member("name") { $0.string ?? "" } ?? ""
    result = value.member("result") { $0.json }
    error = value.member("error") { $0.json }
  }
}
