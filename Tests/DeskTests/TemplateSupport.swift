import JSON

@testable import Desk

extension Vocabulary {
  static let ofTests = Vocabulary(fields: [
    "tags", "plan", "seats", "vip", "none", "empty", "a.b", "Company name", "name",
  ])
}

extension TemplateValue {
  /// What the macros of these tests are rendered over.
  static let ofTests = TemplateValue.object([
    "ticket": .object([
      "id": .string("7"), "subject": .string("Can't <log> in & out"), "status": .string("open"), "priority": .null,
    ]),
    "customer": .object([
      "name": .string("Ada"), "email": .string("ada@example.com"),
      "fields": .object([
        "tags": .list([.string("red"), .string("blue")]), "plan": .string("pro"), "seats": .number("12.50"),
        "vip": .bool(true), "none": .list([]), "empty": .string(""), "a.b": .string("dotted"),
        "Company name": .string("Engines"), "name": .string("field"),
      ]),
    ]),
    "agent": .object(["name": .string("Grace")]),
    "organization": .object(["name": .string("Acme"), "support_email": .string("help@acme.example")]),
  ])
}

func rendered(_ template: String, over context: TemplateValue = .ofTests) throws(TemplateError) -> String {
  try Template(parsing: template).render(context, knowing: .ofTests)
}
