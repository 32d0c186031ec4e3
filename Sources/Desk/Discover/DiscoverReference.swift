import JSON

extension Discover {
  /// The reference for people: pages of Markdown by their file names, one a namespace, with every method, type,
  /// notification and error.
  ///
  /// - Parameter examples: as for `document`.
  public static func reference(examples: [MethodExamples]) -> [(name: String, text: String)] {
    let types = DiscoverTypes(Methods.all)
    let words = DiscoverWords(types)
    let examples = Dictionary(examples.map { ($0.method, $0.examples) }, uniquingKeysWith: +)
    let pages = Methods.byNamespace.map { namespace, methods in
      var page = "# \(namespace)\n\n" + generated + table(["Method", "For", "What it does"], methods.map { row($0) })
      for method in methods { page += section(method, words, examples[method.name] ?? []) }
      for type in types.all where type.home == namespace {
        let rows = words.rows(within: type.shape, ofParams: false)
        page += "\n## \(type.name)\n\n" + table(["Member", "Type", ""], rows)
      }
      return ("\(namespace).md", page + (namespace == "macros" ? templates : ""))
    }
    return [("README.md", index), ("notifications.md", notifications(words)), ("errors.md", errors)] + pages
  }

  private static let generated = "Made from the table of methods; a test compares it.\n\n"

  private static var index: String {
    let introduction = """
      # Methods

      \(generated)Programs read [openrpc.json](../openrpc.json). Guides: a whole [conversation](../conversation.md),
      [sessions](../sessions.md) and [tokens](../tokens.md), [writes](../writes.md), the language of
      [searches](../search.md), [events](../events.md) and webhooks, [imports and exports](../bulk.md). Also here:
      [errors](errors.md), [notifications](notifications.md). What may change between versions:
      [CHANGELOG](../CHANGELOG.md). Examples of every method, replayed as tests, are under [examples](../examples); a
      member named `...` stands for those that are not shown, and words in angle brackets, such as `<tomorrow>`, for
      values that are others each time.

      What OpenRPC has no word for stands in members of its own: `x-notifications` of both sides, and of each method
      `x-access` (\(words(Access.allCases))), `x-effect`, at worst (\(words(Effect.allCases))),
      `x-cost` (\(words(Cost.allCases))) with `x-timeout-ms`, and `x-error-examples`.

      A call is one line, `{"jsonrpc": "2.0", "id": 1, "method": "...", "params": {...}}`, and so is its answer.
      Parameters are given by name, and no others than those listed. Every method that is not for anyone also takes
      `session`, the session it is for, or `token`, a token verified for this call alone; without either it is for the
      process's default session. Times are RFC 3339 in UTC, ids are UUIDs.

      Every method that changes something, marked with a star, also takes these:

      \(WriteOptions.members.shape.properties.map { "- `\($0.name)`: \($0.summary)" }.joined(separator: "\n"))

      A write is one transaction, and its answer is read after everything that follows from it. Where `expected_version`
      or `seen_message_id` is no longer true, the error is a `conflict`: `data.details` has the object's `version` and all
      of it as `current`, or the first ten messages that were `missed` and their `missed_count`.

      """
    let tables = Methods.byNamespace.map { namespace, methods in
      "\n## [\(namespace)](\(namespace).md)\n\n"
        + table(["Method", "For", "What it does"], methods.map { row($0, page: "\(namespace).md") })
    }
    return introduction + tables.joined()
  }

  private static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> String {
    words.map { "`\($0.rawValue)`" }.joined(separator: ", ")
  }

  private static func row(_ method: AnyMethod, page: String = "") -> [String] {
    [
      "[\(method.name)](\(page)#\(anchor(method.name)))" + (method.isWrite ? "*" : ""), people(method.access),
      method.summary,
    ]
  }

  /// GitHub's anchor of a heading.
  static func anchor(_ heading: String) -> String {
    heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }

  private static func people(_ access: Access) -> String {
    switch access {
    case .open: "anyone"
    case .read, .write: "agents"
    case .admin: "admins"
    }
  }

  private static func section(
    _ method: AnyMethod, _ words: DiscoverWords, _ examples: [MethodExamples.Example]
  ) -> String {
    var text = "\n## \(method.name)\n\n\(method.summary)\n\n\(DiscoverMethod.description(of: method))\n\n"
    let params = words.rows(within: method.params, ofParams: true)
    text += params.isEmpty ? "No parameters.\n" : table(["Parameter", "Type", ""], params)
    if words.isNamed(method.result) {
      text += "\nResult: \(words.type(method.result)).\n"
    } else {
      text += "\nResult:\n\n" + table(["Member", "Type", ""], words.rows(within: method.result, ofParams: false))
    }
    let kinds = method.errors.map { "[\($0.rawValue)](errors.md)" }
    if !kinds.isEmpty { text += "\nErrors of its own: \(kinds.joined(separator: ", ")).\n" }
    if let example = examples.first(where: { $0.result != nil }) { text += shown(example, of: method) }
    if let example = examples.first(where: { $0.error != nil }) { text += shown(example, of: method) }
    return text
  }

  private static func shown(_ example: MethodExamples.Example, of method: AnyMethod) -> String {
    let params = example.params.map { "\(Line.quoted($0.name)):\($0.value)" }.joined(separator: ",")
    let call = "{\"method\":\(Line.quoted(method.name)),\"params\":{\(params)}}"
    let name = example.name.prefix(1).uppercased() + example.name.dropFirst()
    let answer = example.result.map { ("result", $0) } ?? ("error", example.error ?? "null")
    return "\n\(name):\n\n" + fenced(call) + "\n" + fenced("{\"\(answer.0)\":\(answer.1)}")
  }

  private static func fenced(_ json: String) -> String {
    let text = (try? Document(json.utf8.span))?.withRoot { $0.indented } ?? json
    return "```json\n\(text)\n```\n"
  }

  private static func notifications(_ words: DiscoverWords) -> String {
    var page = "# Notifications\n\n\(generated)A message without an `id`, that nobody answers.\n"
    for notification in Notifications.all {
      page += "\n## \(notification.name)\n\nSent by the \(notification.sender.rawValue). \(notification.summary)\n\n"
      page += table(["Member", "Type", ""], words.rows(within: .object(notification.params), ofParams: false))
    }
    return page
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map(escaped).joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}
