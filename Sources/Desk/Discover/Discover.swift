import JSON

/// Describes the wire to programs (an OpenRPC document) and to people (a page of Markdown), both from the one table
/// of methods.
public enum Discover {
  /// The OpenRPC 1.3.2 document, in compact JSON.
  ///
  /// Beside what OpenRPC knows, a method has `x-access` (open, read, write or admin), `x-effect` (read, internal,
  /// customer-visible or destructive), `x-cost` with `x-timeout-ms`, and `x-error-examples`, since an example of
  /// OpenRPC cannot end in an error; `x-notifications` lists what nobody answers, since OpenRPC does not say who sends.
  ///
  /// - Parameters:
  ///   - version: deskpipe's.
  ///   - examples: those under protocol/examples, in any order; methods without any have none.
  public static func document(version: String, examples: [MethodExamples]) -> String {
    let types = DiscoverTypes(Methods.all)
    let examples = Dictionary(examples.map { ($0.method, $0.examples) }, uniquingKeysWith: +)
    let methods = Methods.all.map { DiscoverMethod($0, types: types, examples: examples[$0.name] ?? []).json }
    return JSONText.object([
      ("openrpc", "\"1.3.2\""),
      ("info", info(version)),
      ("methods", JSONText.array(methods)),
      ("x-notifications", JSONText.array(Notifications.all.map { notification($0, types) })),
      (
        "components",
        JSONText.object([
          ("contentDescriptors", JSONText.object(DiscoverMethod.common.map { common($0, types) })),
          ("schemas", JSONText.object(types.schemas())),
          ("errors", JSONText.object(FailureKind.allCases.map(component))),
        ])
      ),
    ])
  }

  /// The same document in lines, as people and `diff` read it.
  public static func indented(_ document: String) -> String {
    (try? Document(document.utf8.span))?.withRoot { $0.indented } ?? document
  }

  private static func info(_ version: String) -> String {
    JSONText.object([
      ("title", "\"deskpipe\""),
      ("description", Line.quoted(description)),
      ("version", Line.quoted(version)),
    ])
  }

  static let description =
    "A customer-support desk behind a pipe: line-delimited JSON-RPC 2.0, parameters by name. "
    + "Calls run concurrently and are answered in any order. In examples a member named ... stands for those that are "
    + "not shown, and words in angle brackets, such as <tomorrow>, for values that are others each time."

  private static func notification(_ notification: Notification, _ types: DiscoverTypes) -> String {
    JSONText.object([
      ("name", Line.quoted(notification.name)),
      ("summary", Line.quoted(notification.summary)),
      ("sender", Line.quoted(notification.sender.rawValue)),
      (
        "params",
        JSONText.array(notification.params.map { DiscoverMethod.descriptor($0, types, isParameter: false) })
      ),
    ])
  }

  private static func common(_ property: Shape.Property, _ types: DiscoverTypes) -> (String, String?) {
    (property.name, DiscoverMethod.descriptor(property, types, isParameter: true))
  }

  private static func component(_ kind: FailureKind) -> (String, String?) {
    let data = JSONText.object([
      ("kind", Line.quoted(kind.rawValue)), ("retryable", kind.isRetryable ? "true" : nil),
    ])
    return (
      kind.rawValue,
      JSONText.object([("code", "\(kind.code)"), ("message", Line.quoted(kind.summary)), ("data", data)])
    )
  }
}

/// Composes JSON of finished parts.
enum JSONText {
  /// Members whose value is nil are left out.
  static func object(_ members: [(String, String?)]) -> String {
    let written = members.compactMap { name, value in value.map { "\(Line.quoted(name)):\($0)" } }
    return "{" + written.joined(separator: ",") + "}"
  }

  static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
}
