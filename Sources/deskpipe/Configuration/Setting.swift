/// Every setting, once: its name in the file; flag and environment variable follow from here.
enum Setting: String, CaseIterable {
  case database
  case listenDatabase = "listen_database"
  case ownerDatabase = "owner_database"
  case maintainDatabase = "maintain_database"
  case clerkJWTKey = "clerk_jwt_key"
  case clerkJWKSFile = "clerk_jwks_file"
  case clerkJWKSURL = "clerk_jwks_url"
  case clerkPublishableKey = "clerk_publishable_key"
  case clerkCAFile = "clerk_ca_file"
  case clerkKeysLimit = "clerk_keys_limit"
  case clerkIssuer = "clerk_issuer"
  case clerkAuthorizedParties = "clerk_authorized_parties"
  case clerkAbsentParty = "clerk_absent_party"
  case clerkAudience = "clerk_audience"
  case clerkTokenAge = "clerk_token_age"
  case clerkOAuthClients = "clerk_oauth_clients"
  case clerkOAuthTokenAge = "clerk_oauth_token_age"
  case clerkWebhookSecret = "clerk_webhook_secret"
  case eventsWebhookSecret = "events_webhook_secret"
  case adminRoles = "admin_roles"
  case tokenFile = "token_file"
  case tokenCommand = "token_command"
  case clockSkew = "clock_skew"
  case provision
  case secretKeys = "secret_keys"
  case connections
  case preparedStatements = "prepared_statements"
  case logLevel = "log_level"
  case home

  var environment: String {
    switch self {
    case .database: "DATABASE_URL"
    case .listenDatabase: "LISTEN_DATABASE_URL"
    case .ownerDatabase: "DATABASE_OWNER_URL"
    case .maintainDatabase: "DATABASE_MAINTAIN_URL"
    case .clerkJWTKey: "CLERK_JWT_KEY"
    case .clerkJWKSFile: "CLERK_JWKS_FILE"
    case .clerkJWKSURL: "CLERK_JWKS_URL"
    case .clerkPublishableKey: "CLERK_PUBLISHABLE_KEY"
    case .clerkCAFile: "CLERK_CA_FILE"
    case .clerkKeysLimit: "CLERK_KEYS_LIMIT"
    case .clerkIssuer: "CLERK_ISSUER"
    case .clerkAuthorizedParties: "CLERK_AUTHORIZED_PARTIES"
    case .clerkAbsentParty: "CLERK_ABSENT_PARTY"
    case .clerkAudience: "CLERK_AUDIENCE"
    case .clerkTokenAge: "CLERK_TOKEN_AGE"
    case .clerkOAuthClients: "CLERK_OAUTH_CLIENTS"
    case .clerkOAuthTokenAge: "CLERK_OAUTH_TOKEN_AGE"
    case .clerkWebhookSecret: "CLERK_WEBHOOK_SECRET"
    default: "DESKPIPE_" + rawValue.uppercased()
    }
  }

  /// Nil for what must not be seen in a list of processes.
  var flag: String? {
    switch self {
    case .secretKeys, .clerkJWTKey, .clerkWebhookSecret, .eventsWebhookSecret: nil
    default: "--" + rawValue.replacing("_", with: "-")
    }
  }

  var summary: String {
    switch self {
    case .database: "Connection string of the serving login, or \"private\" for the private cluster."
    case .listenDatabase:
      "Connection string past a pooler, for hearing at once of events; the same as database by default, or \"none\"."
    case .ownerDatabase: "Connection string of the owner; for migrate and doctor only."
    case .maintainDatabase: "Connection string of the maintenance login; for maintain and doctor only."
    case .clerkJWTKey: "Clerk's public key, as PEM."
    case .clerkJWKSFile: "A file with Clerk's JSON Web Key Set."
    case .clerkJWKSURL: "Address of Clerk's JSON Web Key Set: https://, one for each issuer, or one for all."
    case .clerkPublishableKey: "Clerk's publishable key, which tells the issuer and the address of its key set."
    case .clerkCAFile: "Certificates, as PEM, to trust instead of the system's when keys are fetched."
    case .clerkKeysLimit:
      "Seconds for which keys serve while they cannot be fetched, 300 to 604800; 86400 (a day) by default."
    case .clerkIssuer: "Issuers whose tokens are accepted, separated by commas."
    case .clerkAuthorizedParties: "Values allowed in azp, separated by commas."
    case .clerkAbsentParty:
      "What becomes of tokens without azp where parties are named: if_present (accepted, the default) or require."
    case .clerkAudience: "Values allowed in aud, separated by commas."
    case .clerkTokenAge: "Seconds for which a session token may be good, 60 to 604800; 3600 by default."
    case .clerkOAuthClients:
      "OAuth clients whose access tokens are accepted, separated by commas; without any, no access token is."
    case .clerkOAuthTokenAge: "Seconds for which an access token may be good, 60 to 604800; 86400 by default."
    case .clerkWebhookSecret: "Secrets of Clerk's webhooks (whsec_...), separated by commas."
    case .eventsWebhookSecret: "Secrets that events are signed with (whsec_...), separated by commas."
    case .adminRoles: "Organization roles of an admin, separated by commas; org:admin by default."
    case .tokenFile: "A file with a token, for the process's own session; nobody else may read it."
    case .tokenCommand: "A command whose stdout is a token, for the process's own session; run when one is needed."
    case .clockSkew: "Seconds by which clocks may differ, 0 to 60; 5 by default."
    case .provision: "Rows a first session may create: organizations, agents (the default) or none."
    case .secretKeys:
      "Keys that seal mail passwords: id:base64 of 32 bytes, separated by commas; the first seals."
    case .connections:
      "Connections to PostgreSQL, 1 to 100, from 2 on with a spare one for short reads while all are busy; 4 by default."
    case .preparedStatements: "Statements kept prepared on a connection; 500 by default, 0 for poolers before 1.21."
    case .logLevel: "What goes to stderr: error, warning (the default), info or debug."
    case .home: "Folder of the private cluster."
    }
  }
}
