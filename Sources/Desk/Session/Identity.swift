import JSON
import Token

/// Who a verified token stands for, with the rows that PostgreSQL holds for it.
///
/// A class, since every call carries it along.
final class Identity: Sendable {
  let caller: Caller
  let subject: String
  let clerkOrganization: String
  let organizationName: String
  let agentName: String
  /// Who acts in the subject's name (the claim `act`), as JSON.
  let actor: String?
  /// The kind of its token, and the OAuth client where that is an access token.
  let profile: TokenProfile
  let clientID: String?
  /// The seconds since 1970 in which the token is good.
  let validity: Range<Int>

  /// - Parameters:
  ///   - row: the answer of `desk.open_session`.
  ///   - skew: seconds by which clocks may differ.
  ///   - other: whose texts stand for equal ones of this, since most sessions of a process are of one organization.
  init(_ claims: Claims, row: String, skew: Int, like other: Identity?) throws(Failure) {
    do throws(Fault) {
      let found = try Self.rowSchema.decode(row)
      caller = Caller(
        organization: Self.share(found.organization, other?.caller.organization), agent: found.agent, role: found.role,
        claims: claims.postgres, expires: claims.expires)
      organizationName = Self.share(found.organizationName, other?.organizationName)
      agentName = found.agentName
    } catch {
      throw Failure(.internalError)
    }
    subject = claims.subject
    clerkOrganization = Self.share(claims.organizationID ?? "", other?.clerkOrganization)
    actor = claims.actor
    profile = claims.profile
    clientID = claims.clientID
    validity = claims.validity(skew: skew)
  }

  private init(_ identity: Identity, as caller: Caller) {
    self.caller = caller
    subject = identity.subject
    clerkOrganization = identity.clerkOrganization
    organizationName = identity.organizationName
    agentName = identity.agentName
    actor = identity.actor
    profile = identity.profile
    clientID = identity.clientID
    validity = identity.validity
  }

  /// A text, in the memory of an equal one where there is one.
  private static func share(_ text: String, _ other: String?) -> String {
    // Bytes, since Swift takes texts in other normal forms for equal.
    if let other, other.utf8.elementsEqual(text.utf8) { other } else { text }
  }

  /// The same one, whose token ends no later than that.
  func expiring(by second: Int) -> Identity { Identity(self, as: caller.expiring(by: second)) }

  private struct Row {
    let organization: String
    let organizationName: String
    let agent: String
    let agentName: String
    let role: Caller.Role
  }

  private static let rowSchema = Schema<Row>.object(
    .required("organization_id", .uuid),
    .required("organization_name", .text(0...1_000)),
    .required("agent_id", .uuid),
    .required("agent_name", .text(0...1_000)),
    .required("role", .choice(["admin", "agent"])),
    .optional("status", .text(0...20)),
    as: { organization, organizationName, agent, agentName, role, _ in
      Row(
        organization: organization, organizationName: organizationName, agent: agent, agentName: agentName,
        role: role == "admin" ? .admin : .agent)
    })

  /// What `session.open`, `session.refresh` and `session.whoami` answer.
  func json(session: String?) -> String {
    var text = "{\"session\":\(session.map(Line.quoted) ?? "null"),\"expires_at\":"
    text += Line.quoted(UTC.text(seconds: caller.expires))
    text += ",\"organization\":{\"id\":\"\(caller.organization)\",\"clerk_id\":\(Line.quoted(clerkOrganization))"
    text += ",\"name\":\(Line.quoted(organizationName))},\"agent\":{\"id\":\"\(caller.agent)\""
    text += ",\"clerk_user_id\":\(Line.quoted(subject)),\"name\":\(Line.quoted(agentName))"
    text += ",\"role\":\"\(caller.role.rawValue)\"},\"acting_party\":\(actor ?? "null")"
    text += ",\"token_profile\":\"\(profile.rawValue)\",\"client_id\":\(clientID.map(Line.quoted) ?? "null")}"
    return text
  }

  static let shape = Shape.object([
    .init("session", .nullable(.text), summary: "The handle that calls name; null where the call carried a token."),
    .init("expires_at", .time, summary: "When the token expires."),
    .init("organization", .object([.init("id", .uuid), .init("clerk_id", .text), .init("name", .text)])),
    .init(
      "agent",
      .object([
        .init("id", .uuid), .init("clerk_user_id", .text), .init("name", .text),
        .init("role", .choice(["admin", "agent"])),
      ])),
    .init("acting_party", .nullable(.any), summary: "Who acts in the agent's name (the claim act)."),
    .init(
      "token_profile", .choice(TokenProfile.allCases.map(\.rawValue)),
      summary: "The kind of token: Clerk's session token, or an OAuth access token, which acts with an agent's rights."),
    .init("client_id", .nullable(.text), summary: "The OAuth client; null for a session token."),
  ])
}
