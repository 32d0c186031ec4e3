import JSON
import Postgres

/// Parameters that several methods of tickets and messages take.
enum TicketParams {
  static let id = Member<String>.required("id", .uuid, "The ticket.")
  static let subject = Schema<String>.text(1...500).notBlank

  /// An agent's id, or one of these words.
  static func agent(or words: [String]) -> Schema<String> {
    Schema<String>(.union([.uuid, .choice(words)])) { value, place throws(Fault) in
      if let word = value.string, words.contains(word) { return word }
      do throws(Fault) { return try Schema<String>.uuid.decode(value, at: place) } catch {
        throw Fault("must be an agent's id or \(words.joined(separator: " or "))", at: place)
      }
    }
  }

  /// An agent's id or `me`.
  static let agent = agent(or: ["me"])

  static func agent(_ name: String, for caller: Caller) -> String { name == "me" ? caller.agent : name }

  /// A change of one ticket, answered with the whole ticket.
  static func write(
    _ id: String, _ version: Int?, to action: Write.Expectation.Action = .update, _ statements: [Statement]
  ) -> Write {
    Write(
      lock: id, expecting: [.init("ticket", id, version: version, to: action, at: "/id")], statements,
      answer: TicketsGet.query(id))
  }
}
