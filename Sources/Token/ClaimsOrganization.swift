/// The active organization of a token.
struct ClaimsOrganization {
  var id: String
  /// nil where the token tells none.
  var role: String?
  var slug: String?
}

extension ClaimsReader {
  /// 1 when `v` is absent.
  func version(_ payload: TokenObject) throws(Refusal) -> Int {
    guard payload.has("v") else { return 1 }
    guard payload.integer("v") == 2 else {
      throw Refusal(.unknownVersion, "The token's claims are of a version that is not known.")
    }
    return 2
  }

  func organization(_ payload: TokenObject, version: Int) throws(Refusal) -> ClaimsOrganization {
    guard profile == .session else { return try organizationOfAccess(payload) }
    return try version == 2 ? organizationOfVersion2(payload) : organizationOfVersion1(payload)
  }

  /// `org_id` alone: which organization the user chose for the client (Clerk's scope `user:org:read`).
  private func organizationOfAccess(_ payload: TokenObject) throws(Refusal) -> ClaimsOrganization {
    guard payload.has("org_id") else { throw Self.missing }
    guard let id = payload.string("org_id"), Self.isID(id, prefix: "org_") else {
      throw Refusal(.verificationFailed, "The token's organization is not an id.")
    }
    return ClaimsOrganization(id: id, role: nil, slug: nil)
  }

  /// `org_id`, `org_role`, `org_slug`.
  private func organizationOfVersion1(_ payload: TokenObject) throws(Refusal) -> ClaimsOrganization {
    try organization(payload, id: "org_id", role: "org_role", slug: "org_slug")
  }

  /// Only `o`: top-level members such as `org_id` are custom claims here.
  private func organizationOfVersion2(_ payload: TokenObject) throws(Refusal) -> ClaimsOrganization {
    guard let o = payload.object("o") else { throw Self.missing }
    return try organization(o, id: "id", role: "rol", slug: "slg")
  }

  private func organization(
    _ claims: TokenObject, id: TokenObject.Name, role: TokenObject.Name, slug: TokenObject.Name
  ) throws(Refusal) -> ClaimsOrganization {
    guard claims.has(id) else { throw Self.missing }
    guard let found = claims.string(id), Self.isID(found, prefix: "org_"),
      let role = claims.string(role), Self.isText(role),
      !claims.has(slug) || claims.string(slug).map(Self.isText) == true
    else { throw Refusal(.verificationFailed, "The token's organization is not an id with a role.") }
    return ClaimsOrganization(id: found, role: role, slug: claims.string(slug))
  }

  private static let missing = Refusal(.noOrganization, "The token has no active organization; choose one and sign in.")
}
