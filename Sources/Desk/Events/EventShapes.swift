import JSON

/// What events look like on the wire; the view desk.event makes them.
enum EventShapes {
  /// A kind of object (`ticket`) or a type of event (`ticket.created`).
  static let type = Schema<String>(.string(Shape.StringRule(length: 1...100))) { value, place throws(Fault) in
    let words = value.string?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    let isName = words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { isLetter($0) } }
    guard let text = value.string, text.utf8.count <= 100, (1...2).contains(words.count), isName else {
      throw Fault("must be a kind such as ticket, or a type such as ticket.created", at: place)
    }
    return text
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
  }

  static let types = Member<[String]?>.optional(
    "types", .list(of: type, atMost: 50),
    "Only these: kinds of objects (ticket) or types of events (ticket.created).")
  static let ticket = Member<String?>.optional(
    "ticket_id", .uuid, "Only what happened to this ticket and its messages.")
  static let cursor = Member<String?>.optional(
    "cursor", .text(1...200), "The cursor of the page before, or the id of the last event that was seen.")

  static let event = Shape.object([
    .init("id", .text, summary: "The same whenever the event is read; as a cursor it stands for what came after it."),
    .init("transaction", .text, summary: "Events of one transaction have it in common, and follow each other."),
    .init("type", .text, summary: "object_kind and what was done, such as ticket.created."),
    .init("object_kind", .text),
    .init("object_id", .uuid),
    .init("version", .integer(0...Int(Int32.max)), summary: "The object's version after the change."),
    .init("ticket_id", .nullable(.uuid), summary: "The ticket that the object is or belongs to."),
    .init(
      "actor",
      .object([
        .init("type", .choice(["agent", "customer", "system"])), .init("id", .nullable(.uuid)),
        .init("agent_id", .nullable(.uuid), summary: "The agent who brought what a customer did."),
      ]), summary: "Who did it."),
    .init("method", .nullable(.text), summary: "The method that did it, where one did."),
    .init("created_at", .time, summary: "When its transaction began."),
    .init(
      "old_values", .map(of: .any),
      summary: "What the members that changed were before; of what was deleted all that were set. "
        + "A customer's field is the member fields.<id of the field>."),
    .init("new_values", .map(of: .any), summary: "What they are; of what was created all that are set."),
    .init("truncated", .bool, summary: "Long texts were cut at 4,000 characters, or members left out that are larger."),
  ])

  static let page = Shape.object([
    .init("items", .array(of: event, atMost: Page.limits.upperBound)),
    .init("cursor", .text, summary: "Where to go on; there always is one."),
    .init("has_more", .bool, summary: "More has happened already, even where items is empty."),
  ])
}
