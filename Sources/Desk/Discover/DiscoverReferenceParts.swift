extension Discover {
  /// What a macro's template may say; the end of the page about macros.
  static var templates: String {
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

  /// The page with the catalogue of errors.
  static var errors: String {
    let common: [(Access, String)] = [
      (.open, "Every method"), (.read, "Every method that is not for anyone, also"), (.write, "Every write, also"),
      (.admin, "Every method for admins, also"),
    ]
    var text = "# Errors\n\nMade from the catalogue of errors; a test compares it.\n\n"
    text += "`error.data.kind` is stable, and so is `error.code`. "
    text += "`error.data.path` points at a parameter where one is to blame, `error.data.details` has further facts.\n"
    text += "A client must be ready for kinds it does not know.\n"
    var said: [FailureKind] = DiscoverErrors.ofRequests
    for (access, who) in common {
      let kinds = DiscoverErrors.common(to: access).filter { !said.contains($0) }
      said += kinds
      text += "\n\(who): \(kinds.map { "`\($0.rawValue)`" }.joined(separator: ", ")).\n"
    }
    text += "\n"
    return text
      + table(
        ["Kind", "Code", "Meaning", "Send again?"],
        FailureKind.allCases.map { ["`\($0.rawValue)`", "\($0.code)", $0.summary, $0.isRetryable ? "yes" : ""] })
  }
}
