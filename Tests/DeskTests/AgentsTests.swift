import TestSupport
import Testing

@testable import Desk

@Suite struct AgentsTests {
  @Test(arguments: [
    ("{}", ["Aoife Brennan", "Ingrid Solberg", "Luca Ferri", "Marcus Bell", "Priya Raman", "Tom Whitaker"]),
    (#"{"role":"admin"}"#, ["Ingrid Solberg", "Marcus Bell"]),
    (#"{"status":"away"}"#, ["Luca Ferri", "Marcus Bell"]),
    (#"{"status":"away","role":"admin"}"#, ["Marcus Bell"]),
    (#"{"status":"offline"}"#, ["Aoife Brennan"]),
    (#"{"status":"offline","include_deactivated":true}"#, ["Aoife Brennan", "Dana Hughes"]),
  ])
  func lists(_ params: String, _ names: [String]) throws {
    let answer = try TestDesk.demo().call("agents.list", params, as: .agent)
    #expect(answer.tree?["items"]?.elements?.compactMap { $0["name"]?.string } == names)
  }

  /// The second wall: the policies refuse what no access of a method says.
  @Test func leavesAColleaguesProfileAlone() throws {
    let desk = try TestDesk.demo()
    let tom = #"{"id":"74b1b272-5fe6-4cf5-8d45-1599047e5f9a""#
    let before = try desk.call("agents.get", "\(tom)}", as: .agent)
    #expect(try desk.call("agents.update", #"\#(tom),"name":"T"}"#, as: .agent).kind == "forbidden")
    #expect(try desk.call("agents.set_status", #"\#(tom),"status":"away"}"#, as: .agent).kind == "forbidden")
    #expect(try desk.call("agents.update", #"\#(tom),"name":"T"}"#, as: .stranger).kind == "not_found")
    #expect(try desk.call("agents.set_status", #"\#(tom),"status":"away"}"#, as: .stranger).kind == "not_found")
    #expect(try desk.call("agents.get", "\(tom)}", as: .stranger).kind == "not_found")
    #expect(try desk.call("agents.get", "\(tom)}", as: .agent) == before)
  }

  @Test(arguments: [
    #""role":"admin""#, #""email":"x@example.com""#, #""clerk_user_id":"user_demo_ingrid""#, #""deactivated_at":null"#,
  ])
  func takesNothingThatIsNotTheirsToSay(_ member: String) throws {
    let answer = try TestDesk.demo().call("agents.update", #"{"id":"me",\#(member)}"#, as: .agent)
    #expect(answer.kind == "invalid_params")
  }
}
