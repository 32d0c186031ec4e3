import Testing

@testable import Desk

@Suite struct OrganizationsTests {
  @Test func mergesSettings() throws {
    let desk = try TestDesk.demo()
    let steps: [(params: String, settings: String?)] = [
      (#"{"settings":{"greeting":null,"signature":null}}"#, "{}"),
      (#"{"settings":{"a":{"b":1,"c":[1,null]}}}"#, #"{"a":{"b":1,"c":[1,null]}}"#),
      (#"{"settings":{"a":{"b":null,"d":"x"}}}"#, #"{"a":{"c":[1,null],"d":"x"}}"#),
      (#"{"name":"Moorland"}"#, #"{"a":{"c":[1,null],"d":"x"}}"#),
      (#"{"settings":{}}"#, #"{"a":{"c":[1,null],"d":"x"}}"#),
      (#"{"settings":{"a":1}}"#, #"{"a":1}"#),
      (#"{"settings":null}"#, nil),
    ]
    for step in steps {
      let answer = try desk.call("organizations.update", step.params, as: .admin)
      #expect(answer.tree?["settings"]?.json == step.settings, "\(step.params): \(answer.json)")
    }
  }

  /// Each patch fits the limit of a parameter, both together do not fit that of the settings.
  @Test func boundsWhatSettingsGrowTo() throws {
    let desk = try TestDesk.demo()
    let text = String(repeating: "x", count: 40_000)
    #expect(try desk.call("organizations.update", #"{"settings":{"a":"\#(text)"}}"#, as: .admin).kind == nil)
    #expect(try desk.call("organizations.update", #"{"settings":{"b":"\#(text)"}}"#, as: .admin).kind == "invalid")
  }

  @Test func keepsLeavesAndRemovesTheAddress() throws {
    let desk = try TestDesk.demo()
    let steps: [(params: String, address: JSONTree)] = [
      (#"{"support_email":"Help@Moorland.example"}"#, .string("help@moorland.example")),
      (#"{"name":"Moorland"}"#, .string("help@moorland.example")), (#"{"support_email":null}"#, .null),
    ]
    for step in steps {
      let answer = try desk.call("organizations.update", step.params, as: .admin)
      #expect(answer.tree?["support_email"] == step.address, "\(step.params)")
    }
  }
}
