import JSON

extension Discover {
  /// The reference for people: one page of Markdown with every method, type and error.
  public static func reference() -> String {
    let types = DiscoverTypes(Methods.all)
    let words = DiscoverWords(types)
    var page = introduction + table(["Method", "For", "What it does"], Methods.all.map(row))
    for method in Methods.all { page += section(method, words) }
    page += "\n## Types\n"
    for type in types.all {
      page += "\n### \(type.name)\n\n" + table(["Member", "Type", ""], words.rows(within: type.shape, ofParams: false))
    }
    return page + templates + errors
  }

  private static let introduction = """
    # Methods

    Made from the table of methods, as `openrpc.json` is; a test compares them. Examples of every method, replayed
    as tests, are under `examples/`.

    A call is one line, `{"jsonrpc": "2.0", "id": 1, "method": "...", "params": {...}}`, and so is its answer.
    Parameters are given by name, and no others than those listed. Every method that is not for anyone also takes
    `session`, the session it is for, or `token`, a token verified for this call alone; without either it is for the
    process's default session. Times are RFC 3339 in UTC, ids are UUIDs.


    """

  private static func row(_ method: AnyMethod) -> [String] {
    ["[\(method.name)](#\(anchor(method.name)))", people(method.access), method.summary]
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

  private static func section(_ method: AnyMethod, _ words: DiscoverWords) -> String {
    var text = "\n## \(method.name)\n\n\(method.summary)\n\n"
    text += "For \(people(method.access)), at most \(method.cost.milliseconds / 1_000) seconds.\n\n"
    let params = words.rows(within: method.params, ofParams: true)
    text += params.isEmpty ? "No parameters.\n" : table(["Parameter", "Type", ""], params)
    if words.isNamed(method.result) {
      text += "\nResult: \(words.type(method.result)).\n"
    } else {
      text += "\nResult:\n\n" + table(["Member", "Type", ""], words.rows(within: method.result, ofParams: false))
    }
    let kinds = method.errors.map { "[\($0.rawValue)](#errors)" }
    return kinds.isEmpty ? text : text + "\nErrors of its own: \(kinds.joined(separator: ", ")).\n"
  }

  private static var templates: String {
    let names = Vocabulary.names.map { object in
      "- " + object.members.map { "`\(object.of).\($0)`" }.joined(separator: ", ")
    }
    return """

      ## Templates

      A macro's body is a template in a subset of Mustache:

      - `{{customer.name}}` prints a value: text as it is, a number as in JSON, a list's elements with commas, null as
        nothing. Nothing is escaped for HTML.
      - `{{#x}}...{{/x}}` renders its inside once for each element of a list, or once if the value counts as true;
        `{{.}}` is that value. `{{^x}}...{{/x}}` renders its inside if the value counts as false: false, null, an
        empty list and an empty string do.
      - `{{! text }}` is a comment. A section's tag or a comment alone on its line takes the line away.

      There are no partials, lambdas, pragmas or other delimiters. These are the names; another one is an error, when a
      macro is written and when it is rendered. The agent is the one who calls.

      \(names.joined(separator: "\n"))
      - `customer.fields.<field_name>` for each field of the organization

      A template has at most \(Template.maximumCount) bytes, sections nest at most \(Template.maximumDepth) deep, and
      the text has at most \(Template.maximumOutput) bytes.

      """
  }

  private static var errors: String {
    let common: [(Access, String)] = [
      (.open, "Every method"), (.read, "Every method that is not for anyone, also"), (.write, "Every write, also"),
      (.admin, "Every method for admins, also"),
    ]
    var text = "\n## Errors\n\n`error.data.kind` is stable, and so is `error.code`. "
    text += "`error.data.path` points at a parameter where one is to blame.\n"
    var said: [FailureKind] = DiscoverErrors.ofRequests
    for (access, who) in common {
      let kinds = DiscoverErrors.common(to: access).filter { !said.contains($0) }
      said += kinds
      text += "\n\(who): \(kinds.map { "`\($0.rawValue)`" }.joined(separator: ", ")).\n"
    }
    return text + "\n"
      + table(
        ["Kind", "Code", "Meaning", "Send again?"],
        FailureKind.allCases.map { ["`\($0.rawValue)`", "\($0.code)", $0.summary, $0.isRetryable ? "yes" : ""] })
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map(escaped).joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escaped(_ cell: String) -> String { cell.replacing("|", with: "\\|") }
}
