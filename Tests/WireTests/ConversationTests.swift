import Foundation
import Testing

/// The conversations in the documents, line by line, with the real binary.
@Suite struct ConversationTests {
  @Test(arguments: [("protocol/conversation.md", 11), ("protocol/writes.md", 18), ("README.md", 7)])
  func theConversationGoesAsItIsWritten(_ page: String, _ least: Int) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(page)")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("→ ") || $0.hasPrefix("← ") }
    #expect(lines.count >= least)
    // Events wait for whatever runs in the server.
    let server = try EventServer()
    let child = try server.serve()
    for line in lines {
      let text = String(line.dropFirst(2))
      if line.hasPrefix("→") {
        child.send(try text.replacing("<token>", with: Desk.token()) + "\n")
        continue
      }
      let answer = try #require(child.line(), "no answer for \(text)")
      #expect(try Self.parsed(answer, resembles: Self.parsed(text)), "\(answer)\nis not\n\(text)")
    }
    child.closeInput()
    #expect(child.lines() == [] && child.status() == 0)
  }

  private static func parsed(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private static func parsed(_ text: String, resembles shown: Any) throws -> Bool {
    resembles(try parsed(text), shown)
  }

  /// Ids, times, handles and cursors may differ; a member called ... stands for others.
  private static func resembles(_ answer: Any, _ shown: Any, under name: String = "") -> Bool {
    switch (answer, shown) {
    case (let answer as [String: Any], let shown as [String: Any]):
      (shown["..."] != nil || answer.count == shown.count)
        && shown.allSatisfy { name, value in
          name == "..." || answer[name].map { resembles($0, value, under: name) } ?? false
        }
    case (let answer as [Any], let shown as [Any]):
      answer.count == shown.count && zip(answer, shown).allSatisfy { resembles($0, $1) }
    case (let answer as String, let shown as String):
      ["session", "next_cursor", "expires_at", "subscription", "cursor"].contains(name) || answer == shown
        || UUID(uuidString: answer) != nil && UUID(uuidString: shown) != nil
    case (let answer as NSObject, let shown as NSObject): answer == shown
    default: false
    }
  }
}
