import JSON
import Testing

@testable import Desk

@Suite struct TemplateErrorTests {
  static let parsing: [(template: String, kind: TemplateError.Kind, line: Int, column: Int, offset: Int)] = [
    ("{{", .unclosedTag, 1, 1, 0), ("a {{customer.name", .unclosedTag, 1, 3, 2), ("{{a}", .unclosedTag, 1, 1, 0),
    ("{{a b {{c}}", .unclosedTag, 1, 1, 0), ("{{! a }", .unclosedTag, 1, 1, 0), ("{{ \n", .unclosedTag, 1, 1, 0),
    ("{{}}", .emptyName, 1, 1, 0), ("é\n {{ }}", .emptyName, 2, 2, 4), ("{{#}}", .emptyName, 1, 1, 0),
    ("{{/ }}", .emptyName, 1, 1, 0),
    ("{{a}b}}", .badName, 1, 1, 0), ("{{a\nb}}", .badName, 1, 1, 0), ("{{a\u{7F}}}", .badName, 1, 1, 0),
    ("{{{a}}}", .unsupported(.tripleMustache), 1, 1, 0), ("x{{&a}}", .unsupported(.ampersand), 1, 2, 1),
    ("{{> a}}", .unsupported(.partial), 1, 1, 0), ("{{ >a}}", .unsupported(.partial), 1, 1, 0),
    ("{{%a}}", .unsupported(.pragma), 1, 1, 0),
    ("{{=<% %>=}}", .unsupported(.delimiters), 1, 1, 0), ("{{<a}}{{/a}}", .unsupported(.parent), 1, 1, 0),
    ("{{$a}}{{/a}}", .unsupported(.block), 1, 1, 0), ("\n\n{{#a}}x", .unclosedSection("a"), 3, 1, 2),
    ("{{#a}}{{^b.c}}{{/b.c}}", .unclosedSection("a"), 1, 1, 0), ("日本{{/a}}", .unopenedSection("a"), 1, 3, 6),
    ("{{#a}}\r\n{{/b}}", .otherSectionOpen(open: "a", closed: "b"), 2, 1, 8),
    ("{{#a}}{{#b}}{{/a}}{{/b}}", .otherSectionOpen(open: "b", closed: "a"), 1, 13, 12),
    ("{{/.}}", .unopenedSection("."), 1, 1, 0),
  ]

  @Test(arguments: parsing)
  func namesThePlaceOfWhatIsNoTemplate(
    _ template: String, _ kind: TemplateError.Kind, _ line: Int, _ column: Int, _ offset: Int
  ) {
    #expect {
      try Template(parsing: template)
    } throws: {
      guard let error = $0 as? TemplateError else { return false }
      return error.kind == kind && error.line == line && error.column == column && error.offset == offset
    }
  }

  @Test(arguments: [
    ("{{name}}", "name", 0), ("x {{customer.nam}}", "customer.nam", 2),
    ("{{customer.fields.nope}}", "customer.fields.nope", 0),
    ("{{customer.name.first}}", "customer.name.first", 0), ("{{#customer}}{{subject}}{{/customer}}", "subject", 13),
    ("{{#customer.fields}}{{email}}{{/customer.fields}}", "email", 20), ("{{customer..name}}", "customer..name", 0),
    ("{{customer.}}", "customer.", 0), ("{{.customer}}", ".customer", 0), ("{{Customer.name}}", "Customer.name", 0),
    ("{{^nope}}{{/nope}}", "nope", 0), ("{{#customer.fields.tags}}{{.x}}{{/customer.fields.tags}}", ".x", 25),
    ("{{#customer.fields.none}}{{nope}}{{/customer.fields.none}}", "nope", 25),
    ("{{^customer}}{{name}}{{/customer}}", "name", 13), ("{{customer .name}}", "customer .name", 0),
    ("{{#customer.fields.plan}}{{length}}{{/customer.fields.plan}}", "length", 25),
    ("{{#customer}}{{customer.fields.nope}}{{/customer}}", "customer.fields.nope", 13), ("{{settings}}", "settings", 0),
  ])
  func refusesUnknownNamesEvenWhereNothingIsRendered(_ template: String, _ name: String, _ offset: Int) throws {
    let parsed = try Template(parsing: template)
    let expected = TemplateError(.unknownName(name), at: offset, of: Array(template.utf8))
    #expect(throws: expected) { try parsed.check(against: .ofTests) }
    #expect(throws: expected) { try parsed.render(.ofTests, knowing: .ofTests) }
  }

  @Test(arguments: [
    ("{{customer}}", "customer"), ("{{customer.fields}}", "customer.fields"), ("{{.}}", "."),
    ("{{#customer}}{{.}}{{/customer}}", "."), ("{{#customer}}{{fields}}{{/customer}}", "fields"),
  ])
  func refusesToPrintObjects(_ template: String, _ name: String) throws {
    let parsed = try Template(parsing: template)
    #expect {
      try parsed.check(against: .ofTests)
    } throws: {
      ($0 as? TemplateError)?.kind == .notPrintable(name)
    }
  }

  @Test func knowsAFieldOnlyWhileItIsDefined() throws {
    let parsed = try Template(parsing: "{{customer.fields.plan}}")
    try parsed.check(against: Vocabulary(fields: ["plan"]))
    #expect(throws: TemplateError.self) { try parsed.render(.ofTests, knowing: Vocabulary(fields: [])) }
  }

  @Test func saysInASentenceWhatIsWrongAndWhere() throws {
    let error = TemplateError(.unknownName("customer.nam"), at: 7, of: Array("Hello,\n{{customer.nam}}".utf8))
    #expect(error.message == "line 2, column 1: unknown name customer.nam")
  }

  @Test func nestsSectionsEightDeep() throws {
    let tag = "customer.fields.vip"
    for depth in [8, 9] {
      let template =
        String(repeating: "{{#\(tag)}}", count: depth) + "x" + String(repeating: "{{/\(tag)}}", count: depth)
      if depth == 8 {
        #expect(try rendered(template) == "x")
      } else {
        #expect(throws: TemplateError(.tooDeep, at: 8 * 24, of: Array(template.utf8))) { try rendered(template) }
      }
    }
  }

  @Test func limitsTheTemplateInBytes() throws {
    let longest = String(repeating: "é", count: 16 * 1024)
    #expect(try rendered(longest) == longest)
    #expect(throws: TemplateError(.tooLong, at: 32 * 1024, of: Array((longest + "a").utf8))) {
      try rendered(longest + "a")
    }
  }

  @Test(arguments: [
    "{{#a}}", "{{", "{{a", "{{!", "}}", "{", "{{{", "{{/a}}", "{{! }}", " \t", "{{! }}  ", "{{#a}}{{/a}}", "{{a b}}\n",
    ".",
  ])
  func readsTheLongestTemplatesInNoTime(_ piece: String) {
    let template = String(repeating: piece, count: 32 * 1024 / piece.utf8.count)
    let time = ContinuousClock().measure {
      _ = try? Template(parsing: template).check(against: .ofTests)
      _ = try? Template(parsing: "{{#" + template + "}}").check(against: .ofTests)
    }
    #expect(time < .seconds(1))
  }

  @Test func stopsATemplateThatExplodes() throws {
    let list = TemplateValue.list((0..<100).map { .string("element \($0)") })
    let context = TemplateValue.object(["customer": .object(["fields": .object(["tags": list, "none": .list([])])])])
    let open = String(repeating: "{{#customer.fields.tags}}", count: 8)
    let close = String(repeating: "{{/customer.fields.tags}}", count: 8)
    let printing = try Template(parsing: open + "{{customer.fields.tags}}" + close)
    #expect {
      try printing.render(context, knowing: .ofTests)
    } throws: {
      let kind = ($0 as? TemplateError)?.kind
      return kind == .outputTooLong || kind == .tooMuchWork
    }
    for inside in ["", "{{! }}", "{{customer.fields.none}}"] {
      let silent = try Template(parsing: open + inside + close)
      let time = ContinuousClock().measure {
        #expect {
          try silent.render(context, knowing: .ofTests)
        } throws: {
          ($0 as? TemplateError)?.kind == .tooMuchWork
        }
      }
      #expect(time < .seconds(5))
    }
  }

  @Test func limitsTheOutputInBytes() throws {
    let half = String(repeating: "é", count: 64 * 1024)
    let context = TemplateValue.object(["customer": .object(["name": .string(half)])])
    #expect(try rendered("{{customer.name}}{{customer.name}}", over: context) == half + half)
    let template = "{{customer.name}}\n{{#customer}}{{name}}{{/customer}}"
    #expect(throws: TemplateError(.outputTooLong, at: 31, of: Array(template.utf8))) {
      try rendered(template, over: context)
    }
  }
}
