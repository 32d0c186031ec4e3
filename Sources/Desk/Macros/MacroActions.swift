import JSON

/// What a macro does to a ticket: an object, so that no kind is there twice. `desk.apply_actions` does it, and
/// `desk.valid_macro_actions` says the same of what is kept.
struct MacroActions: Sendable {
  /// As jsonb.
  let json: String

  static let schema = Schema<MacroActions>(members.shape) { value, place throws(Fault) in
    let given = try members.decode(value, at: place)
    if given.setTags != nil, given.addTags != nil || given.removeTags != nil {
      throw Fault("set_tags goes with neither add_tags nor remove_tags", at: place)
    }
    if given.status == "solved", given.snooze != nil || given.assignee == .some(nil) {
      throw Fault("status solved goes with neither snooze_hours nor assigned_to null", at: place)
    }
    return MacroActions(given)
  }

  private struct Members: Sendable {
    let status: String?
    let priority: String?
    let assignee: String??
    let fields: String?
    let addTags: [String]?
    let removeTags: [String]?
    let setTags: [String]?
    let followers: [String]?
    let snooze: Int?
  }

  private static let tags = Schema<[String]>.list(of: .text(1...100).notBlank, atMost: 100)

  private static let members = Schema<Members>.object(
    .optional("status", .choice(TicketShapes.statuses.filter { $0 != "closed" })),
    .optional("priority", .choice(TicketShapes.priorities)),
    .optional("assigned_to", TicketParams.agent.orNull, "An agent's id, me for whoever applies it, null for nobody."),
    .optional("fields", .raw(maximumBytes: 65_536), "Values of the ticket's customer by field name; null removes one."),
    .optional("add_tags", tags),
    .optional("remove_tags", tags),
    .optional("set_tags", tags, "Replaces all; not together with the two above."),
    .optional("add_followers", .list(of: TicketParams.agent, atMost: 100), "Agents' ids, or me."),
    .optional("snooze_hours", .integer(1...8_760), "From when it is applied."),
    as: Members.init)

  private init(_ given: Members) {
    var parts: [(String, String)] = []
    func add(_ name: String, _ value: String?) { if let value { parts.append((name, value)) } }
    func list(_ words: [String]) -> String { JSONText.array(words.map(Line.quoted)) }
    add("status", given.status.map(Line.quoted))
    add("priority", given.priority.map(Line.quoted))
    add("assigned_to", given.assignee.map { $0.map(Line.quoted) ?? "null" })
    add("fields", given.fields)
    add("add_tags", given.addTags.map(list))
    add("remove_tags", given.removeTags.map(list))
    add("set_tags", given.setTags.map(list))
    add("add_followers", given.followers.map(list))
    add("snooze_hours", given.snooze.map(String.init))
    json = JSONText.object(parts.map { ($0.0, $0.1) })
  }

  /// As the desk answers them.
  static let shape = members.shape
}
