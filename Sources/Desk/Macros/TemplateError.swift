/// What is wrong with a template, and where.
struct TemplateError: Error, Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case tooLong
    case tooDeep
    case unclosedTag
    case emptyName
    case badName
    case unsupported(Feature)
    case unclosedSection(String)
    case unopenedSection(String)
    case otherSectionOpen(open: String, closed: String)
    case unknownName(String)
    case notPrintable(String)
    case outputTooLong
    case tooMuchWork
  }

  /// Parts of Mustache that macros do not have.
  enum Feature: String, Sendable {
    case tripleMustache = "{{{"
    case ampersand = "{{&"
    case partial = "{{>"
    case parent = "{{<"
    case block = "{{$"
    case pragma = "{{%"
    case delimiters = "{{="
  }

  let kind: Kind
  /// Bytes of UTF-8 before the place.
  let offset: Int
  /// From 1; lines end with LF.
  let line: Int
  /// From 1, in Unicode scalars.
  let column: Int

  init(_ kind: Kind, at offset: Int, of source: [UInt8]) {
    self.kind = kind
    self.offset = offset
    let before = source.prefix(offset)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
  }

  /// A sentence for the caller, with the place.
  var message: String { "line \(line), column \(column): \(reason)" }

  private var reason: String {
    switch kind {
    case .tooLong: "a template has at most \(Template.maximumCount) bytes"
    case .tooDeep: "sections nest at most \(Template.maximumDepth) deep"
    case .unclosedTag: "this tag is not closed with }}"
    case .emptyName: "this tag has no name"
    case .badName: "a name has no braces and no control characters"
    case .unsupported(.tripleMustache), .unsupported(.ampersand): "nothing is escaped, so write {{name}}"
    case .unsupported(let feature): "tags that begin with \(feature.rawValue) are not supported"
    case .unclosedSection(let name): "the section \(name) is not closed"
    case .unopenedSection(let name): "there is no section \(name) to close"
    case .otherSectionOpen(let open, let closed): "\(closed) is closed but \(open) is open"
    case .unknownName(let name): "unknown name \(name)"
    case .notPrintable(let name): "\(name) is an object; name one of its members"
    case .outputTooLong: "the result is longer than \(Template.maximumOutput) bytes"
    case .tooMuchWork: "rendering takes more than \(Template.maximumSteps) steps"
    }
  }
}
