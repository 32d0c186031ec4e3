import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// What holds for every method that writes, whoever adds it, tried with its own examples.
@Suite struct WriteLoops {
  static let writes = Methods.all.filter(\.isWrite)
  /// Calls of a batch that stand each by itself have keys and dry runs of their own.
  private static let examples = Example.all.filter { example in
    example.result != nil && writes.contains { $0.name == example.method }
      && JSONTree(example.params)?["mode"] != .string("each")
  }

  @Test func everyWriteSaysThatItIsOne() {
    for method in Methods.all {
      let reads = [
        "get", "list", "find", "count", "render", "preview", "history", "whoami", "discover", "ping", "info",
      ]
      let verb = method.name.split(separator: ".").last.map(String.init) ?? ""
      #expect(!(method.isWrite && reads.contains(verb)), "\(method.name)")
      #expect(!method.isWrite || method.access == .write || method.access == .admin, "\(method.name)")
      // What a preview does is rolled back, but it has to be allowed to do it.
      #expect(method.access != .write || method.isWrite || verb == "preview", "\(method.name)")
    }
  }

  /// What changes an object by its id can be told which version was seen.
  @Test func everyChangeTakesAnExpectedVersion() {
    for method in Self.writes where method.params.properties.contains(where: { $0.name == "id" }) {
      #expect(method.params.properties.contains { $0.name == "expected_version" }, "\(method.name)")
    }
  }

  @Test(arguments: examples) func aDryRunAnswersAndChangesNothing(_ example: Example) throws {
    let desk = try Prepared(example)
    let before = try desk.everything()
    let answer = try desk.call(example.params, #""dry_run":true"#)
    let tree = try #require(answer.result)
    #expect(complaint(about: tree, as: desk.method.result) == nil)
    #expect(try desk.everything() == before)
    let key = #""dry_run":true,"idempotency_key":"k""#
    #expect(try desk.call(example.params, key).result != nil)
    #expect(try desk.everything() == before)
    // Nothing stands in the way of doing it.
    let done = try #require(try desk.call(example.params, #""dry_run":false,"idempotency_key":"k""#).result)
    #expect(matches(done, tree))
    #expect(try desk.everything() != before)
  }

  @Test(arguments: examples) func aKeyDoesItOnce(_ example: Example) throws {
    let desk = try Prepared(example)
    let key = #""idempotency_key":"ünïque \#(example.method)""#
    let first = try desk.call(example.params, key)
    #expect(first.result.map { complaint(about: $0, as: desk.method.result) == nil } == true, "\(first.line)")
    let after = try desk.everything()
    #expect(try desk.call(example.params, key).line == first.line)
    // Neither the order of members nor white space matters, however deep.
    let shuffled = try #require(JSONTree(example.params)).shuffled
    #expect(try desk.call(shuffled, key).line == first.line)
    #expect(try desk.call(example.params, key + #","dry_run":true"#).line == first.line)
    let other = desk.method.name == "agents.set_status" ? "agents.update" : "agents.set_status"
    let params = other == "agents.update" ? #"{"id":"me"}"# : #"{"status":"away"}"#
    let mismatch = try desk.call(other, params, key)
    #expect(mismatch.kind == "idempotency_mismatch" && mismatch.error?["path"]?.string == "/idempotency_key")
    #expect(try desk.everything() == after)
    // Somebody else's key of the same name is another one.
    let person: TestDesk.Person = example.person == .admin ? .agent : .admin
    #expect(try desk.call("agents.update", #"{"id":"me"}"#, key, as: person).result != nil)
  }

  @Test(
    arguments: examples.filter { example in
      Methods.byName[example.method]?.params.properties.contains { $0.name == "expected_version" } == true
    })
  func anOldVersionIsAConflict(_ example: Example) throws {
    let desk = try Prepared(example)
    try desk.countVersionsUp()
    let before = try desk.everything()
    let params = try #require(JSONTree(example.params)?.members).filter { $0.key != "expected_version" }
    let text = JSONTree.object(params).json
    let version = try #require(try desk.call(text, #""expected_version":2000000000"#).conflictingVersion)
    #expect(version > 1)
    let refused = try desk.call(text, #""expected_version":\#(version - 1)"#)
    #expect(refused.kind == "conflict" && refused.error?["path"]?.string == "/expected_version", "\(refused.line)")
    let details = refused.error?["details"]
    #expect(details?["version"]?.integer == version && details?["current"]?["version"]?.integer == version)
    #expect(details?["moved"]?.elements != nil)
    #expect(try desk.everything() == before)
    #expect(try desk.call(text, #""expected_version":\#(version)"#).result != nil)
  }
}

/// A demo desk on which an example can be sent.
private struct Prepared {
  let desk: TestDesk
  let method: AnyMethod
  private let person: TestDesk.Person

  init(_ example: Example) throws {
    desk = try TestDesk.demo()
    person = try #require(example.person)
    method = try #require(Methods.byName[example.method])
    for step in example.before { _ = try desk.call(step.method, step.params, as: person) }
    for person in [TestDesk.Person.admin, .agent] { _ = try desk.session(person) }
  }

  struct Answer {
    let line: String
    var tree: JSONTree? { JSONTree(line) }
    var result: JSONTree? { tree?["result"] }
    var error: JSONTree? { tree?["error"]?["data"] }
    var kind: String? { error?["kind"]?.string }
    var conflictingVersion: Int? { kind == "conflict" ? error?["details"]?["version"]?.integer : nil }
  }

  func call(_ params: String, _ more: String) throws -> Answer { try call(method.name, params, more) }

  /// The line that answers a call with the members `more` beside the others.
  func call(_ method: String, _ params: String, _ more: String, as other: TestDesk.Person? = nil) throws -> Answer {
    let rest = params.drop { $0 != "{" }.dropFirst()
    let isEmpty = JSONTree(params)?.members?.isEmpty ?? true
    let session = try desk.session(other ?? person)
    let members = "{\(more),\"session\":\"\(session)\"\(isEmpty ? "" : ",")" + rest
    let lines = desk.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(members)}"#)
    guard lines.count == 1 else { throw TestFailure("answers: \(lines)") }
    return Answer(line: lines[0])
  }

  /// A hash over all that organizations have.
  func everything() throws -> String {
    let session = try desk.database.superuser()
    let parts = try Belongings.tables(session).map {
      "(select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from \($0.name) t)"
    }
    return try session.value("select concat_ws(':', \(parts.joined(separator: ", ")))") ?? ""
  }

  /// As if everything had been changed once more.
  func countVersionsUp() throws {
    let session = try desk.database.superuser()
    let tables = try session.query(
      """
      select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.attname = 'version' and c.relkind = 'r'
         and c.relnamespace in ('public'::regnamespace, 'desk'::regnamespace)
      """
    ).compactMap(\.[0])
    let updates = tables.map { "update \($0) set version = version + 1;" }.joined()
    try session.run("set session_replication_role = replica; \(updates)")
  }
}

extension JSONTree {
  /// The same value as other text: members backwards, and with white space.
  fileprivate var shuffled: String {
    switch self {
    case .object(let members):
      "{ "
        + members.sorted { $0.key > $1.key }.map { "\(Line.quoted($0.key)) :\t\($0.value.shuffled)" }
        .joined(separator: " , ") + "}"
    case .array(let elements): "[ " + elements.map(\.shuffled).joined(separator: " ,") + " ]"
    default: json
    }
  }
}
