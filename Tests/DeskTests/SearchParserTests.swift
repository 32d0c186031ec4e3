import Foundation
import JSON
import TestSupport
import Testing

@testable import Desk

@Suite struct SearchParserTests {
  private typealias Query = SearchQuery

  /// A query, and what it means as PostgreSQL gets it; positions and paths left out.
  private static let queries: [(query: String, meaning: String)] = [
    ("refund", "word refund"),
    ("  refund\tbike ", "word refund; word bike"),
    (#""front brake""#, "phrase front brake"),
    (#"-"front brake""#, "not phrase front brake"),
    ("-battery bat*", "not word battery; prefix bat"),
    (
      "E-07 12:30 C++ ana@example.com example.com",
      "word E-07; word 12:30; word C++; word ana@example.com; word example.com"
    ),
    (#""say \"hello\" \\ twice""#, #"phrase say "hello" \ twice"#),
    (#"half"quoted""#, "word half; phrase quoted"),
    ("Größe 日本 naïve*", "word Größe; word 日本; prefix naïve"),
    ("subject:brake -subject:\"a b\" subject:bat*", "subject word brake; not subject phrase a b; subject prefix bat"),
    ("status:open,pending", "statuses open pending"),
    ("-status:closed -status:solved", "statuses open pending"),
    ("STATUS:Open", "statuses open"),
    ("priority:>=high", "ranks 3 4"),
    ("priority:<high -priority:low", "ranks 2"),
    ("priority:normal..high", "ranks 2 3"),
    ("priority:=low", "ranks 1"),
    ("-priority:>low", "ranks 1"),
    ("assignee:me", "assignee one of me"),
    ("-assignee:none,ana@example.com", "not assignee one of none|ana@example.com"),
    (#"customer:"Ana Smith""#, "customer one of Ana Smith"),
    ("customer:ana@example.com", "customer one of ana@example.com"),
    (#"tag:vip,"two words""#, "tag one of vip|two words"),
    ("number:12,#13", "number one of 12|13"),
    ("number:>=12", "number from 12"),
    ("number:3..7", "number from 3 to 7"),
    ("created:>7d", "created from ago 7 days"),
    ("created:<=2w", "created to ago 2 weeks"),
    ("created:90min", "created from ago 90 minutes"),
    ("updated:3mo -updated:1y", "updated from ago 3 months; not updated from ago 1 years"),
    ("solved:2026-01-31", "solved from 2026-01-31T00:00:00Z before 2026-02-01T00:00:00Z"),
    ("solved:>2026-12-31", "solved from 2027-01-01T00:00:00Z"),
    ("solved:<=2028-02-28", "solved before 2028-02-29T00:00:00Z"),
    ("activity:2026-12", "activity from 2026-12-01T00:00:00Z before 2027-01-01T00:00:00Z"),
    ("activity:2026", "activity from 2026-01-01T00:00:00Z before 2027-01-01T00:00:00Z"),
    ("created:2026-01..2026-02-10", "created from 2026-01-01T00:00:00Z before 2026-02-11T00:00:00Z"),
    ("created:today", "created from day 0 before day -1"),
    ("created:<yesterday", "created before day 1"),
    ("created:>2026-01-31T12:00:00+01:00", "created from 2026-01-31T12:00:00+01:00"),
    ("field.plan:pro", "field plan one of pro"),
    ("-field.plan:pro,free", "not field plan one of pro|free"),
    (#"field."two words":x"#, "field two words one of x"),
    ("field.seats:>10", "field seats after 10"),
    ("field.seats:10..20", "field seats from 10 to 20"),
    ("field.since:<2026-01-01", "field since before 2026-01-01"),
    ("field.plan:*", "field plan present"),
    (
      "has:note -has:reply is:unassigned is:snoozed",
      "note present; not reply present; not assignee present; snoozed present"
    ),
    ("-is:unassigned", "assignee present"),
    ("refund status:open field.plan:pro", "word refund; statuses open; field plan one of pro"),
  ]

  @Test(arguments: queries.indices) func understands(_ index: Int) throws {
    let row = Self.queries[index]
    #expect(Self.meaning(try SearchParser.parse(row.query)) == row.meaning)
  }

  /// A query, where it goes wrong, and words of the sentence about it.
  private static let faults: [(query: String, position: Int, length: Int, says: String)] = [
    ("", 0, 0, "nothing to look for"),
    ("   ", 0, 3, "nothing to look for"),
    ("bike statu:open", 5, 10, "did you mean status?"),
    ("asignee:me", 0, 10, "did you mean assignee?"),
    ("http://x", 0, 8, "in quotation marks"),
    ("field:x", 0, 7, "a name must follow field"),
    ("tag.x:y", 0, 7, "no qualifier tag.x"),
    ("bike status:opne", 12, 4, "did you mean open?"),
    ("status:weird", 7, 5, "open, pending, solved, closed"),
    ("status:", 0, 7, "a value must follow status:"),
    ("bike status:open,", 5, 12, "a value must follow status:"),
    ("status:>open", 0, 12, "takes no comparison"),
    ("status:open -status:open", 12, 12, "no ticket can have such a status"),
    ("priority:high..low", 9, 9, "the smaller first"),
    ("priority:>urgent", 0, 16, "no ticket can have such a priority"),
    ("assignee:bob", 9, 3, "an agent's id or address"),
    ("created:soon", 8, 4, "is not a time such as"),
    ("created:2026-02-30", 8, 10, "is not a time such as"),
    ("created:2026-13", 8, 7, "is not a time such as"),
    ("created:7d,8d", 0, 13, "is not a time such as"),
    ("created:..7d", 8, 4, "both sides"),
    ("number:twelve", 7, 6, "the number of a ticket"),
    ("number:0", 7, 1, "the number of a ticket"),
    ("number:99999999999", 7, 11, "the number of a ticket"),
    (#"say "hello"#, 4, 1, "not closed"),
    (#"field."seats:3"#, 6, 1, "not closed"),
    ("bike - car", 5, 1, "nothing follows the minus sign"),
    ("bike -", 5, 1, "nothing follows the minus sign"),
    ("bike !!!", 5, 3, "no letter or digit"),
    (#""""#, 0, 2, "no letter or digit"),
    ("a* b", 0, 2, "at least 2 letters"),
    ("ab*cd", 0, 5, "at the end of a word only"),
    ("is:nice", 3, 4, "assigned, snoozed, unassigned, waiting"),
    ("has:notes", 4, 5, "did you mean note?"),
    ("field.seats:>1,2", 0, 16, "one value to compare with"),
    ("über statsu:open", 5, 11, "did you mean status?"),
    ("bike \u{1}", 5, 1, "control characters"),
    ("a b c d e f g h i", 16, 1, "at most 8 words"),
    (String(repeating: "-tag:x ", count: 33), 224, 6, "at most 32 parts"),
    (String(repeating: "x", count: 1_001), 1_000, 1, "at most 1000 characters"),
    ("tag:" + (1...21).map(String.init).joined(separator: ","), 55, 2, "at most 20 values"),
    (String(repeating: "field.a:1 ", count: 9), 80, 9, "at fields at most 8 times"),
  ]

  @Test(arguments: faults.indices) func pointsAtTheFault(_ index: Int) throws {
    let row = Self.faults[index]
    let error = try #require(throws: SearchError.self) { try SearchParser.parse(row.query) }
    #expect(error.place == SearchPlace(position: row.position, length: row.length), "\(error.message)")
    #expect(error.message.contains(row.says), "\(error.message)")
    #expect(error.message.hasPrefix("At character \(row.position + 1): "))
  }

  /// Whatever is typed, the answer is a query or an error at a place within it; and what PostgreSQL gets is JSON.
  @Test func answersOrPointsWhateverIsTyped() throws {
    let isLong = ProcessInfo.processInfo.environment["DESKPIPE_LONG"] != nil
    let caller = Caller(organization: "o", agent: "a", role: .agent, claims: "{}", expires: .max)
    var generator = SplitMix64(seed: 7)
    var understood = 0
    for _ in 0..<(isLong ? 1_000_000 : 50_000) {
      let text = Self.random(&generator)
      do throws(SearchError) {
        let query = try SearchParser.parse(text)
        understood += 1
        #expect(query.terms.count <= Query.maximumTerms && query.conditions.count <= Query.maximumParts)
        if understood % 20 == 0 { #expect(JSONTree(query.json(for: caller)) != nil, "\(text)") }
      } catch {
        let count = text.unicodeScalars.count
        if error.place.position < 0 || error.place.length < 0 || error.place.position + error.place.length > count {
          Issue.record("\(text.debugDescription): \(error.place)")
        }
      }
    }
    #expect(understood > 5_000)
  }

  private static let pieces = [
    "refund", "bat*", "\"", "\\", "-", ":", ".", ",", " ", "  ", "*", ">", "<", "=", "..", "status", "status:",
    "priority:",
    "field.", "field.a:", "created:", "7d", "2026-02-29", "number:", "#", "12", "is:", "has:", "tag:", "open", "high",
    "me",
    "none", "assignee:", "customer:", "subject:", "not", "é", "日", "\u{0}", "\u{7f}", "\u{200d}", "\u{1F469}", "'", "%",
    "$1",
    "'; drop table tickets; --", "{", "}", "\n", "\u{2028}", "a@b", "updated:>", "solved:<=", "x", "0", "9999999999",
  ]

  private static func random(_ generator: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      if Int.random(in: 0..<20, using: &generator) == 0 {
        text.unicodeScalars.append(
          Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &generator)) ?? " ")
      } else {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      if Bool.random(using: &generator) { text += " " }
    }
    return text
  }

  private static func meaning(_ query: SearchQuery) -> String {
    var parts = query.terms.map { term in
      (term.isNegated ? "not " : "") + (term.isInSubject ? "subject " : "") + "\(term.kind.rawValue) \(term.text)"
    }
    if let statuses = query.statuses { parts.append("statuses \(statuses.joined(separator: " "))") }
    if let ranks = query.ranks { parts.append("ranks \(ranks.map(String.init).joined(separator: " "))") }
    return (parts + query.conditions.map(meaning)).joined(separator: "; ")
  }

  private static func meaning(_ condition: SearchQuery.Condition) -> String {
    var words = condition.isNegated ? ["not", condition.subject] : [condition.subject]
    if let name = condition.name { words.append(name) }
    switch condition.test {
    case .oneOf(let values): words.append("one of \(values.joined(separator: "|"))")
    case .present: words.append("present")
    case .range(let from, let to):
      if let from { words.append("\(from.isOpen ? "after" : "from") \(from.value)") }
      if let to { words.append("\(to.isOpen ? "before" : "to") \(to.value)") }
    }
    return words.joined(separator: " ")
  }
}
