import JSON

/// A macro's body: a subset of Mustache, rendered over a ticket, its customer, the agent and the organization.
///
/// - `{{name}}` prints a value: a string as it is, a number as in JSON, a boolean as `true` or `false`, a list's
///   elements with `, ` between them, null and what is not there as nothing. Nothing is escaped for HTML.
/// - `{{customer.name}}` goes into an object; the first part is looked for from the innermost section outwards.
/// - `{{#x}}…{{/x}}` renders its inside once for each element of a list, otherwise once if the value counts as true,
///   with that value innermost; `{{.}}` is that value. `{{^x}}…{{/x}}` renders its inside if the value counts as false.
///   False are: false, null, what is not there, an empty list and an empty string. 0 is true.
/// - `{{! text }}` is a comment.
/// - A section's tag or a comment alone on its line takes the whole line away.
///
/// There are no partials, lambdas, pragmas, blocks, other delimiters or unescaped variants. Names form a closed
/// vocabulary; an unknown one is an error. Time and output are bounded whatever is in it.
struct Template: Sendable {
  /// Bytes of UTF-8 in a template.
  static let maximumCount = 32 * 1024
  /// Bytes of UTF-8 in what it renders to.
  static let maximumOutput = 256 * 1024
  /// Sections around a tag.
  static let maximumDepth = 8
  /// Nodes that one rendering may visit: some ten times as many as the longest template without lists has.
  static let maximumSteps = 100_000

  let source: [UInt8]
  let nodes: [TemplateNode<TemplateName>]

  /// Reads a template; its names are not looked at yet.
  init(parsing text: String) throws(TemplateError) {
    source = Array(text.utf8)
    var parser = TemplateParser(source)
    nodes = try parser.parse()
  }

  /// Throws for the first name that the vocabulary does not have or that cannot stand where it stands.
  func check(against vocabulary: Vocabulary) throws(TemplateError) {
    _ = try vocabulary.bind(nodes, of: source)
  }

  /// Renders the template.
  ///
  /// - Parameters:
  ///   - context: an object with the vocabulary's names; those that are missing or null print nothing.
  ///   - vocabulary: the names known now, which may be fewer than when the template was written.
  func render(_ context: TemplateValue, knowing vocabulary: Vocabulary) throws(TemplateError) -> String {
    let bound = try vocabulary.bind(nodes, of: source)
    var renderer = TemplateRenderer(context: context, source: source)
    try renderer.render(bound)
    return renderer.output
  }
}

/// A piece of a template; its names are as written, or bound to where their values are.
enum TemplateNode<Name: Sendable>: Sendable {
  case text(String)
  case value(Name)
  case section(Name, isInverted: Bool, [TemplateNode])
}

/// A name as written in a tag.
struct TemplateName: Equatable, Sendable {
  /// The parts between the dots; none for `.`, the innermost value.
  let parts: [String]
  /// Where its tag begins, in bytes.
  let offset: Int

  /// The name for a message, cut where no known name could be so long.
  var text: String { parts.isEmpty ? "." : String(parts.joined(separator: ".").prefix(240)) }
}
