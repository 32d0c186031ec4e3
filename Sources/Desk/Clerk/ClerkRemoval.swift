/// Whom an event of Clerk's says to be gone: a person, an organization, or a person from an organization.
struct ClerkRemoval: Sendable {
  /// nil for every organization.
  let organization: String?
  /// nil for everybody.
  let user: String?

  func covers(_ identity: Identity) -> Bool {
    (organization ?? identity.clerkOrganization) == identity.clerkOrganization
      && (user ?? identity.subject) == identity.subject
  }
}
