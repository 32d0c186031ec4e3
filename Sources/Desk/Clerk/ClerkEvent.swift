import JSON

/// What a verified event says, for `desk.apply_clerk_event`: built anew from the few members that matter.
///
/// The body itself stays here: it holds what users write about themselves (`unsafe_metadata`), such as a U+0000, with
/// which jsonb would refuse the event.
struct ClerkEvent {
  let type: String
  /// nil where the desk does not follow events of this type.
  let json: String?
  /// nil where nobody is gone.
  let removal: ClerkRemoval?

  /// - Parameters:
  ///   - now: milliseconds since 1970, for an event that tells no time of its own.
  ///   - adminRoles: the organization roles of an admin, as Clerk writes them (`org:admin`).
  init(_ body: String, now: Int, adminRoles: [String]) throws(Failure) {
    let document = try Self.document(body)
    (type, json, removal) = try document.withRoot { event throws(Failure) in
      guard let type = event.text("type"), (1...100).contains(type.unicodeScalars.count) else { throw Self.unreadable }
      guard let kind = Kind(type) else { return (type, nil, nil) }
      let found = try event.member("data") { data throws(Failure) in
        (try Self.json(type, kind, event, data, now, adminRoles), Self.removal(kind, data))
      }
      guard let found else { throw Self.unreadable }
      return (type, found.0, found.1)
    }
  }

  private static let unreadable = Failure(
    .invalidParams, "body is signed, but is no event as Clerk describes them.", path: "/body")

  private static let scanner = Scanner(rawMembers: [])

  /// The scan makes JSON fit for Jansson: lone surrogates, huge numbers, what nests deep.
  private static func document(_ body: String) throws(Failure) -> Document {
    var bytes = Array(body.utf8)
    guard let scan = try? scanner.scan(&bytes), !scan.isBatch, let element = scan.elements.first,
      let document = try? Document(bytes.span.extracting(element.range))
    else { throw unreadable }
    return document
  }

  /// What an event is about and whether that is gone.
  private struct Kind {
    enum Object: String { case organization, organizationMembership, user }

    let object: Object
    let isDeleted: Bool

    init?(_ type: String) {
      let parts = type.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let object = Object(rawValue: parts[0]),
        ["created", "updated", "deleted"].contains(parts[1])
      else { return nil }
      self.object = object
      isDeleted = parts[1] == "deleted"
    }
  }

  private static func json(
    _ type: String, _ kind: Kind, _ event: borrowing Value, _ data: borrowing Value, _ now: Int,
    _ adminRoles: [String]
  ) throws(Failure) -> String {
    // What is deleted was updated last some time before.
    let times = [event.time("timestamp"), data.time("updated_at")]
    let at = (kind.isDeleted ? times : times.reversed()).lazy.compactMap { $0 }.first ?? now
    var members = [
      ("type", Line.quoted(type)), ("at", String(at)), ("is_deleted", kind.isDeleted ? "true" : "false"),
    ]
    switch kind.object {
    case .organization: members.append(("organization", try ClerkParts.organization(data)))
    case .user: members.append(("user", try ClerkParts.user(data)))
    case .organizationMembership:
      members.append(("organization", try part(data, "organization", ClerkParts.organization)))
      members.append(("user", try part(data, "public_user_data", ClerkParts.member)))
      let isAdmin = adminRoles.contains(data.text("role") ?? "")
      members.append(("role", isAdmin ? "\"admin\"" : "\"agent\""))
    }
    return ClerkParts.object(members)
  }

  private static func removal(_ kind: Kind, _ data: borrowing Value) -> ClerkRemoval? {
    guard kind.isDeleted else { return nil }
    switch kind.object {
    case .organization: return ClerkRemoval(organization: data.text("id"), user: nil)
    case .user: return ClerkRemoval(organization: nil, user: data.text("id"))
    case .organizationMembership:
      let organization = data.member("organization") { $0.text("id") } ?? nil
      let user = data.member("public_user_data") { $0.text("user_id") } ?? nil
      return ClerkRemoval(organization: organization, user: user)
    }
  }

  private static func part(
    _ data: borrowing Value, _ name: String, _ read: (borrowing Value) throws(Failure) -> String
  ) throws(Failure) -> String {
    guard let json = try data.member(name, { part throws(Failure) in try read(part) }) else { throw unreadable }
    return json
  }
}
