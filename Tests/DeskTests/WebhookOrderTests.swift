import Testing

@testable import Desk

/// Events come late and in any order: every order ends in the same state.
@Suite struct WebhookOrderTests {
  struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Ids end in # where each order gets its own.
    let news: [String: @Sendable (String) -> ClerkNews]
    let members: [String]
  }

  private static func one(_ n: String, _ time: Int = 1) -> (id: String, name: String, time: Int) {
    ("org_\(n)", "One", time)
  }

  private static let stories = [
    Story(
      testDescription: "an organization and its person change",
      news: [
        "a": { .organization("created", 1, "org_\($0)", "One") },
        "b": { .organization("updated", 5, "org_\($0)", "Uno") },
        "c": { .member("created", 2, "user_\($0)", of: one($0), "org:admin", name: "Anne") },
        "d": { .member("updated", 4, "user_\($0)", of: one($0)) },
        "e": { .user("updated", 3, "user_\($0)", "Anna", "anna@x.test") },
      ], members: ["Uno", "Anna anna@x.test agent"]),
    Story(
      testDescription: "someone leaves and comes back",
      news: [
        "a": { .member("created", 1, "user_\($0)", of: one($0), name: "Anna") },
        "b": { .member("deleted", 2, "user_\($0)", of: one($0), name: "Anna") },
        "c": { .member("created", 3, "user_\($0)", of: one($0), name: "Anna") },
        "d": { .member("updated", 4, "user_\($0)", of: one($0), "org:admin", name: "Anna") },
      ], members: ["One", "Anna admin"]),
    Story(
      testDescription: "someone leaves for good",
      news: [
        "a": { .member("created", 1, "user_\($0)", of: one($0)) },
        "b": { .member("updated", 2, "user_\($0)", of: one($0), "org:admin") },
        "c": { .member("deleted", 3, "user_\($0)", of: one($0)) },
        "d": { .organization("updated", 2, "org_\($0)", "Uno") },
      ], members: ["Uno"]),
    Story(
      testDescription: "a user is deleted",
      news: [
        "a": { .organization("created", 1, "org_\($0)", "One") },
        "b": { .member("created", 2, "user_\($0)", of: one($0)) },
        "c": { .user("updated", 3, "user_\($0)", "Anna", "anna@x.test") },
        "d": { .user("deleted", 4, "user_\($0)") },
        "e": { .member("created", 2, "user_\($0)b", of: one($0), name: "Bob") },
      ], members: ["One", "Bob agent"]),
    Story(
      testDescription: "an address goes from one person to another",
      news: [
        "a": { .member("created", 1, "user_\($0)a", of: one($0)) },
        "b": { .member("created", 1, "user_\($0)b", of: one($0)) },
        "c": { .user("created", 2, "user_\($0)a", "Anna", "support@x.test") },
        "d": { .user("updated", 3, "user_\($0)a", "Anna", "anna@x.test") },
        "e": { .user("updated", 4, "user_\($0)b", "Bob", "support@x.test") },
      ], members: ["One", "Anna anna@x.test agent", "Bob support@x.test agent"]),
  ]

  @Test(arguments: stories) func endsTheSameInEveryOrder(_ story: Story) throws {
    let desk = try TestDesk.demo()
    for order in Self.permutations(of: story.news.keys.sorted()) {
      let ending = order.joined()
      for key in order { try story.news[key].map { _ = try desk.hear($0(ending)) } }
      #expect(try desk.members(of: "org_\(ending)") == story.members, "in the order \(ending)")
    }
  }

  /// Within a millisecond an update is later than what made the object, and a deletion later than both.
  @Test func ofOneMomentTheDeletionIsLast() throws {
    let desk = try TestDesk.demo()
    let news: [String: (String) -> ClerkNews] = [
      "a": { .member("created", 1, "user_\($0)", of: Self.one($0), name: "Anna") },
      "b": { .member("updated", 1, "user_\($0)", of: Self.one($0), "org:admin", name: "Anna") },
      "c": { .member("deleted", 1, "user_\($0)", of: Self.one($0), name: "Anna") },
      "d": { .organization("created", 1, "org_\($0)", "One") },
    ]
    for order in Self.permutations(of: ["a", "b"]) {
      for key in order { try news[key].map { _ = try desk.hear($0(order.joined())) } }
      #expect(try desk.members(of: "org_\(order.joined())") == ["One", "Anna admin"])
    }
    for order in Self.permutations(of: ["a", "b", "c", "d"]) {
      for key in order { try news[key].map { _ = try desk.hear($0(order.joined())) } }
      #expect(try desk.members(of: "org_\(order.joined())") == ["One"])
    }
  }

  /// Older events of Clerk's carry no timestamp; a deletion then is as old as what it deleted was last changed.
  @Test func anEventWithoutATimeOfItsOwnIsAsOldAsItsObject() throws {
    let desk = try TestDesk.demo()
    var late = ClerkNews.member("deleted", 9, "user_a", of: Self.one("x"))
    late.hasTimestamp = false
    try desk.hear(.member("created", 3, "user_a", of: Self.one("x"), name: "Anna"))
    #expect(try desk.hear(late) == "outdated")
    var gone = ClerkNews.user("deleted", 9, "user_a")
    gone.hasTimestamp = false
    #expect(try desk.hear(gone) == "applied")
    #expect(try desk.members(of: "org_x") == ["One"])
  }

  private static func permutations(of keys: [String]) -> [[String]] {
    guard keys.count > 1 else { return [keys] }
    return keys.flatMap { first in permutations(of: keys.filter { $0 != first }).map { [first] + $0 } }
  }
}
