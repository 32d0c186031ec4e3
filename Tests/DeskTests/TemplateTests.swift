import JSON
import Testing

@testable import Desk

@Suite struct TemplateTests {
  @Test(arguments: [
    ("", ""), ("no tags", "no tags"), ("Hi {{customer.name}}!", "Hi Ada!"), ("{{ customer.name }}", "Ada"),
    ("{{\tcustomer.name\n}}", "Ada"), ("{{customer.name}}{{agent.name}}", "AdaGrace"), ("é{{agent.name}}日", "éGrace日"),
    ("{{ticket.subject}}", "Can't <log> in & out"), ("[{{ticket.priority}}]", "[]"), ("[{{ticket.created_at}}]", "[]"),
    ("[{{customer.fields.empty}}{{customer.fields.none}}]", "[]"), ("{{customer.fields.seats}}", "12.50"),
    ("{{customer.fields.vip}}", "true"), ("{{customer.fields.tags}}", "red, blue"),
    ("{{customer.fields.a.b}}", "dotted"),
    ("{{customer.fields.Company name}}", "Engines"), ("{ {customer.name} }", "{ {customer.name} }"),
    ("} }} {", "} }} {"), ("{", "{"), ("a{{! customer.nam {{ }}b", "ab"), ("a{{!}}b", "ab"),
    (
      "{{organization.support_email}}",
      "help@acme.example"
    ),
  ])
  func printsValues(_ template: String, _ expected: String) throws {
    #expect(try rendered(template) == expected)
  }

  @Test(arguments: [
    ("{{#customer.fields.vip}}yes{{/customer.fields.vip}}", "yes"),
    ("{{^customer.fields.vip}}no{{/customer.fields.vip}}", ""),
    ("{{#customer}}{{name}} of {{organization.name}}{{/customer}}", "Ada of Acme"),
    (
      "{{#customer}}{{#fields}}{{name}}, {{plan}}, {{a.b}}, {{Company name}}{{/fields}}{{/customer}}",
      "field, pro, dotted, Engines"
    ),
    ("{{#customer.fields}}{{#agent}}{{name}}{{/agent}}{{/customer.fields}}", "Grace"),
    ("{{#customer}}{{fields.plan}}{{/customer}}", "pro"),
    ("{{#customer.fields.tags}}<{{.}}>{{/customer.fields.tags}}", "<red><blue>"),
    ("{{#customer.fields.tags}}{{customer.name}} {{/customer.fields.tags}}", "Ada Ada "),
    (
      "{{#customer.fields.tags}}{{#customer.fields.tags}}{{.}};{{/customer.fields.tags}}{{/customer.fields.tags}}",
      "red;blue;red;blue;"
    ),
    ("{{#customer.fields.plan}}plan {{.}}{{/customer.fields.plan}}", "plan pro"),
    ("{{#customer.fields.tags}}{{#.}}{{.}}{{/.}}{{/customer.fields.tags}}", "redblue"),
    ("{{# customer.fields.vip }}x{{/ customer.fields.vip}}", "x"),
    (
      "{{^customer.fields.none}}none{{/customer.fields.none}}{{#customer.fields.none}}{{.}}{{/customer.fields.none}}",
      "none"
    ),
    ("{{^ticket.priority}}unset{{/ticket.priority}}{{#ticket.priority}}{{.}}{{/ticket.priority}}", "unset"),
    ("{{^ticket.created_at}}absent{{/ticket.created_at}}", "absent"),
    ("{{^customer.fields.empty}}empty{{/customer.fields.empty}}", "empty"),
    ("{{#customer.fields.seats}}{{.}}{{/customer.fields.seats}}", "12.50"), ("{{^customer}}nobody{{/customer}}", ""),
    ("{{^ticket.priority}}{{ticket.subject}}{{/ticket.priority}}", "Can't <log> in & out"),
    ("{{#agent}}{{^email}}{{name}}{{/email}}{{/agent}}", "Grace"),
  ])
  func rendersSections(_ template: String, _ expected: String) throws {
    #expect(try rendered(template) == expected)
  }

  @Test(arguments: [
    ("0", true), ("0.0", true), ("false", false), ("true", true), ("null", false), ("\"\"", false), ("\" \"", true),
    ("\"false\"", true), ("[]", false), ("[0]", true), ("{}", true),
  ])
  func countsAsTrueOrFalse(_ json: String, _ isTrue: Bool) throws {
    let value = try Document(json.utf8.span).withRoot { TemplateValue($0) }
    let context = TemplateValue.object(["customer": .object(["fields": .object(["plan": value])])])
    let text = try rendered(
      "{{#customer.fields.plan}}T{{/customer.fields.plan}}{{^customer.fields.plan}}F{{/customer.fields.plan}}",
      over: context)
    #expect(text == (isTrue ? "T" : "F"))
  }

  /// `#` stands for an opening tag, `/` for its end, `^` and `!` for an inverted section and a comment.
  @Test(arguments: [
    ("|\n#\n|\n/\n|", "|\n|\n|"), ("#\nx\n/\n", "x\n"), ("  #\nx\n\t/", "x\n"), ("|\r\n#\r\n/\r\n|", "|\r\n|"),
    ("# \nx\n/ \ny", "x\ny"), ("#\n #\n  x\n /\n/\n", "  x\n"), ("| #\n/ |", "| \n |"), ("#x\n/\n", "x\n"),
    ("x\n#y/\nz", "x\ny\nz"),
    (" # /\n", "  \n"), ("#\n/", ""), ("\n#\n/\n", "\n"), ("a\n  !\nb", "a\nb"), ("  !", ""), ("!\n", ""),
    ("a ! \nb", "a  \nb"),
    ("  12 !\n", "  12 \n"), ("!!\n", "\n"), ("#\n\n/\n", "\n"), ("^\nx\n/\ny", "y"), ("a\r!\rb", "a\r\rb"),
    ("!\n!\n!\nx", "x"),
  ])
  func takesTheLineOfATagThatStandsAlone(_ shape: String, _ expected: String) throws {
    var template = ""
    for character in shape {
      switch character {
      case "#": template += "{{#customer.fields.vip}}"
      case "^": template += "{{^customer.fields.vip}}"
      case "/": template += "{{/customer.fields.vip}}"
      case "!": template += "{{! of\n two lines }}"
      default: template.append(character)
      }
    }
    #expect(try rendered(template) == expected)
  }

  @Test func leavesTheLineOfAValueAlone() throws {
    #expect(try rendered("  {{customer.name}}\n\n{{ticket.priority}}\n") == "  Ada\n\n\n")
  }

  @Test(arguments: [
    (#"{"a":[1,-2.5,1e21,0.1,true,null,"x"],"b":{"c":9223372036854775807}}"#)
  ])
  func copiesParsedValues(_ json: String) throws {
    let value = try Document(json.utf8.span).withRoot { TemplateValue($0) }
    let numbers: [TemplateValue] = [.number("1"), .number("-2.5"), .number("1e+21"), .number("0.1")]
    #expect(
      value
        == .object([
          "a": .list(numbers + [.bool(true), .null, .string("x")]), "b": .object(["c": .number("9223372036854775807")]),
        ]))
  }

  @Test func copiesEightLevelsOfAParsedValue() throws {
    let json = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
    var value = try Document(json.utf8.span).withRoot { TemplateValue($0) }
    var depth = 0
    while case .list(let elements) = value, let first = elements.first { (value, depth) = (first, depth + 1) }
    #expect(value == .null)
    #expect(depth == 8)
  }
}
