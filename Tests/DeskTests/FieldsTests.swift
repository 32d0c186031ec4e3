import Testing

@testable import Desk

@Suite struct FieldsTests {
  @Test func losesItsOptionsWithItsType() throws {
    let desk = try TestDesk.demo()
    let made = try desk.call(
      "fields.create", #"{"field_name":"f","field_type":"select","options":["a","b"]}"#, as: .admin)
    let id = try #require(made.tree?["id"]?.string)
    let steps: [(change: String, kind: String?, options: [String]?)] = [
      (#""label":"F""#, nil, ["a", "b"]),
      (#""field_type":"multiselect""#, nil, ["a", "b"]),
      (#""field_type":"text""#, nil, nil),
      (#""options":["a"]"#, "invalid", nil),
      (#""field_type":"select""#, "invalid", nil),
      (#""field_type":"select","options":["c"]"#, nil, ["c"]),
      (#""options":["c","c"]"#, "invalid", ["c"]),
      (#""options":[]"#, "invalid", ["c"]),
    ]
    for step in steps {
      #expect(
        try desk.call("fields.update", #"{"id":"\#(id)",\#(step.change)}"#, as: .admin).kind == step.kind,
        "\(step.change)")
      let fields = try desk.call("fields.list", as: .agent).tree?["items"]?.elements ?? []
      let options = fields.first { $0["id"]?.string == id }?["options"]
      #expect(options == step.options.map { .array($0.map { .string($0) }) } ?? .null, "\(step.change)")
    }
  }

  @Test func keepsLeavesAndRemovesWhatMayBeNull() throws {
    let desk = try TestDesk.demo()
    let made = try desk.call(
      "fields.create", #"{"field_name":"f","field_type":"text","label":"L","description":"D"}"#, as: .admin)
    let id = try #require(made.tree?["id"]?.string)
    let steps: [(change: String, label: JSONTree, description: JSONTree)] = [
      (#""position":3"#, .string("L"), .string("D")), (#""label":null"#, .null, .string("D")),
      (#""label":"M","description":null"#, .string("M"), .null),
    ]
    for step in steps {
      let field = try desk.call("fields.update", #"{"id":"\#(id)",\#(step.change)}"#, as: .admin).tree
      #expect(field?["label"] == step.label && field?["description"] == step.description, "\(step.change)")
    }
  }

  @Test func asksForANewRequiredFieldWhenFieldsAreNextWritten() throws {
    let desk = try TestDesk.demo()
    _ = try desk.call(
      "fields.create", #"{"field_name":"a/b","field_type":"text","is_required":true}"#, as: .admin)
    let change = { (member: String) in
      try desk.call("customers.update", #"{"id":"\#(CustomersTests.imran)",\#(member)}"#, as: .agent)
    }
    #expect(try change(#""name":"Imran""#).kind == nil)
    let refused = try change(#""fields":{"plan":"plus"}"#)
    #expect(refused.kind == "invalid" && refused.tree?["data"]?["path"]?.string == "/fields/a~1b")
    #expect(try change(#""fields":{"a/b":""}"#).kind == "invalid")
    #expect(try change(#""fields":{"a/b":"c"}"#).kind == nil)
  }

  @Test func deletesValuesOnlyByForce() throws {
    let desk = try TestDesk.demo()
    let plan = #""id":"3b6ea670-e70d-4118-8a1b-51ef84fe1d8c""#
    #expect(try desk.call("fields.delete", "{\(plan)}", as: .admin).kind == "in_use")
    #expect(
      try desk.call("fields.delete", #"{\#(plan),"force":true,"expected_version":2}"#, as: .admin).kind == "conflict")
    #expect(try desk.call("fields.delete", #"{\#(plan),"force":true,"expected_version":1}"#, as: .admin).kind == nil)
    let customer = try desk.call("customers.get", #"{"id":"\#(CustomersTests.imran)"}"#, as: .agent).tree
    #expect(customer?["fields"]?["plan"] == nil && customer?["version"]?.integer == 2)
  }
}
