import Postgres
import Testing

@testable import Desk

@Suite struct PagesTests {
  @Test func numbersCombinationsOneByOne() {
    let combinations = Combinations(sizes: [3, 2, 1, 4])
    let numbers = (0..<combinations.count).map { combinations.number(of: combinations.choices(of: $0)) }
    #expect(combinations.count == 24)
    #expect(numbers == Array(0..<24))
    #expect(combinations.choices(of: 23) == [2, 1, 0, 3])
  }

  @Test func makesAQueryOnce() {
    let set = QuerySet(count: 3) { "select \($0)" }
    #expect(set[2] === set[2])
    #expect(set.all.map(\.text) == ["select 0", "select 1", "select 2"])
  }

  private static let list = PageList(
    PageSource(table: "public.things", view: "desk.thing"), orders: [PageOrder("name", ("name", "text"))],
    filters: [
      .among("kind", ["red", "green", "blue"]), .anyOf("size", "smallint"), .when("t.a = $?::uuid", "t.a is null"),
      .when("t.b > $?::integer and t.b < $?::integer"),
    ])

  @Test func aListsTextsAreClosedAndDifferent() {
    let texts = Self.list.statements.map(\.text)
    #expect(texts.count == 2 * 2 * 8 * 2 * 3 * 2)
    #expect(Set(texts).count == texts.count)
  }

  private static let caller = Caller(
    organization: "0b7f1a9e-0000-7000-8000-000000000001", agent: "0b7f1a9e-0000-7000-8000-000000000002", role: .agent,
    claims: "{}", expires: .max)

  private static func page(cursor: String? = nil, _ choices: [PageFilter.Choice?] = [nil, nil, nil, nil]) -> Page {
    Page("name", isDescending: false, limit: 10, cursor: cursor, choices: choices)
  }

  @Test(arguments: [
    ([nil, nil, nil, nil], [String]()),
    ([list.filters[0].chosen(["blue", "red"]), nil, .given(form: 1), nil], []),
    ([nil, .any(of: ["2", "1", "2"]), .given("x"), .given("3", "4")], ["{2,1}", "x", "3", "4"]),
  ]) func numbersTheValuesAsTheyStand(_ choices: [PageFilter.Choice?], _ values: [String]) throws {
    let statement = try Self.list.statement(for: Self.page(choices), by: Self.caller)
    #expect(statement.parameters.dropFirst(2).map { $0 ?? "" } == values)
    for number in 1...statement.parameters.count {
      #expect(statement.query.text.contains("$\(number)::"), "\(number) in \(statement.query.text)")
    }
    #expect(!statement.query.text.contains("$\(statement.parameters.count + 1)"))
    #expect(!statement.query.text.contains("$?"))
  }

  @Test(arguments: [
    "", "?", "A", "bm9uc2Vuc2U", "fHx8", "AAAA", String(repeating: "A", count: 2_000),
  ]) func refusesACursorThatIsNone(_ cursor: String) {
    #expect(throws: Failure.self) { try Self.list.statement(for: Self.page(cursor: cursor), by: Self.caller) }
  }
}
