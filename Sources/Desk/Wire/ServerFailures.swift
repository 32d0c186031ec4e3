import Postgres

extension Failure {
  /// What a caller may know of an error of the server: for deskpipe's own states all that its SQL says, for
  /// PostgreSQL's at most a constraint's meaning. The server's text never leaves.
  init(_ error: ServerError, isRead: Bool) {
    switch error.state {
    case "DK403", "DK404", "DK409", "DK410", "DK422", "DK423": self.init(own: error)
    case "23505": self.init(duplicate: error.constraint ?? "")
    case "23503": self.init(.inUse, "It is referred to, or refers to something that is gone.")
    case "23514": self.init(check: error.constraint ?? "")
    case "23502": self.init(check: "")
    case "42501": self.init(.forbidden)
    case "57014": self.init(.timeout)
    case "55P03", "40001", "40P01": self.init(.busy, "Another call is changing the same thing; try again.")
    case "25006": self.init(isRead ? .internalError : .unavailable)
    case let state where state.hasPrefix("53") || state.hasPrefix("57") || state.hasPrefix("08"):
      self.init(.unavailable)
    case let state where state.hasPrefix("22"):
      self.init(.invalidParams, "A value is outside its limits.")
    default: self.init(.internalError)
    }
  }

  private init(own error: ServerError) {
    let kind = error.constraint.flatMap(FailureKind.init(rawValue:)) ?? Self.kinds[error.state] ?? .rule
    let path = error.column.flatMap { $0.isEmpty ? nil : $0 }
    self.init(kind, error.message, path: path, details: error.detail.flatMap { $0.isEmpty ? nil : $0 })
  }

  private static let kinds: [String: FailureKind] = [
    "DK403": .forbidden, "DK404": .notFound, "DK409": .conflict, "DK410": .agentUnknown, "DK422": .invalid,
    "DK423": .rule,
  ]

  private init(duplicate constraint: String) {
    guard let meaning = Self.uniques[constraint] else {
      self.init(.alreadyExists)
      return
    }
    self.init(.alreadyExists, meaning.message, path: meaning.path)
  }

  private static let uniques: [String: (message: String, path: String)] = [
    "customers_email_key": ("A customer with this address exists.", "/email"),
    "customer_identities_pkey": ("A customer with this identity exists.", "/value"),
    "agent_profiles_email_key": ("An agent with this address exists.", "/email"),
    "customer_fields_field_name_key": ("A field of this name exists.", "/field_name"),
    "tags_name_key": ("A tag of this name exists.", "/name"),
    "macros_title_key": ("A macro of this title exists.", "/title"),
    "ticket_views_name_key": ("You have a view of this name.", "/name"),
    "email_accounts_email_address_key": ("An account with this address exists.", "/email_address"),
    "ticket_messages_email_message_id_key": (
      "A message with this email_message_id exists.", "/email_message_id"
    ),
  ]

  private init(check constraint: String) {
    let meaning = Self.checks[constraint]
    self.init(.invalid, meaning?.message ?? "A value is outside its limits.", path: meaning?.path)
  }

  /// What a caller can meet although the parameters fit their schema, since jsonb counts bytes of its own.
  private static let checks: [String: (message: String, path: String)] = [
    "organizations_settings_size": ("The settings are too large.", "/settings"),
    "agent_profiles_settings_size": ("The settings are too large.", "/settings"),
    "customers_metadata_size": ("The metadata is too large.", "/metadata"),
    "customer_fields_options_valid": (
      "Options are 1 to 200 different texts, and only for fields that choose.", "/options"
    ),
    "customer_fields_options_size": ("The options are too large.", "/options"),
    "customer_fields_default_size": ("The default is too large.", "/default_value"),
    "customer_fields_bounds_size": ("The range is too large.", "/minimum"),
    "customer_fields_retired_size": ("The options are too large.", "/retired_options"),
    "tickets_metadata_size": ("The metadata is too large.", "/metadata"),
    "ticket_messages_internal": ("A customer writes no internal notes.", "/is_internal"),
    "ticket_messages_delivery_internal": ("An internal note is not delivered.", "/status"),
    "ticket_messages_metadata_size": ("The metadata is too large.", "/metadata"),
    "macros_does_something": ("A macro has a text or actions.", "/body"),
    "macros_actions_size": ("The actions are too large.", "/actions"),
    "macros_metadata_size": ("The metadata is too large.", "/metadata"),
    "email_accounts_imap_settings_valid": ("A password has no place in the settings.", "/imap_settings"),
    "email_accounts_imap_settings_size": ("The settings are too large.", "/imap_settings"),
    "email_accounts_smtp_settings_valid": ("A password has no place in the settings.", "/smtp_settings"),
    "email_accounts_smtp_settings_size": ("The settings are too large.", "/smtp_settings"),
  ]
}
