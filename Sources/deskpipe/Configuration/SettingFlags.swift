import ArgumentParser

/// The settings as flags; each overrides its environment variable, which overrides the file.
struct SettingFlags: ParsableArguments {
  @Option(name: .long, help: "A file of settings: one JSON object.", completion: .file())
  var config: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.database.summary))
  var database: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.listenDatabase.summary))
  var listenDatabase: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.ownerDatabase.summary))
  var ownerDatabase: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.maintainDatabase.summary))
  var maintainDatabase: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkJWKSFile.summary), completion: .file())
  var clerkJwksFile: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkJWKSURL.summary))
  var clerkJwksUrl: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkPublishableKey.summary))
  var clerkPublishableKey: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkCAFile.summary), completion: .file())
  var clerkCaFile: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkKeysLimit.summary))
  var clerkKeysLimit: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkIssuer.summary))
  var clerkIssuer: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkAuthorizedParties.summary))
  var clerkAuthorizedParties: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkAbsentParty.summary))
  var clerkAbsentParty: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkAudience.summary))
  var clerkAudience: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkTokenAge.summary))
  var clerkTokenAge: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkOAuthClients.summary))
  var clerkOauthClients: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clerkOAuthTokenAge.summary))
  var clerkOauthTokenAge: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.adminRoles.summary))
  var adminRoles: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.tokenFile.summary), completion: .file())
  var tokenFile: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.tokenCommand.summary))
  var tokenCommand: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.clockSkew.summary))
  var clockSkew: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.provision.summary))
  var provision: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.connections.summary))
  var connections: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.preparedStatements.summary))
  var preparedStatements: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.logLevel.summary))
  var logLevel: String?

  @Option(name: .long, help: ArgumentHelp(stringLiteral: Setting.home.summary), completion: .directory)
  var home: String?

  subscript(setting: Setting) -> String? {
    switch setting {
    case .database: database
    case .listenDatabase: listenDatabase
    case .ownerDatabase: ownerDatabase
    case .maintainDatabase: maintainDatabase
    case .clerkJWTKey, .clerkWebhookSecret, .eventsWebhookSecret, .secretKeys: nil
    case .clerkJWKSFile: clerkJwksFile
    case .clerkJWKSURL: clerkJwksUrl
    case .clerkPublishableKey: clerkPublishableKey
    case .clerkCAFile: clerkCaFile
    case .clerkKeysLimit: clerkKeysLimit
    case .clerkIssuer: clerkIssuer
    case .clerkAuthorizedParties: clerkAuthorizedParties
    case .clerkAbsentParty: clerkAbsentParty
    case .clerkAudience: clerkAudience
    case .clerkTokenAge: clerkTokenAge
    case .clerkOAuthClients: clerkOauthClients
    case .clerkOAuthTokenAge: clerkOauthTokenAge
    case .adminRoles: adminRoles
    case .tokenFile: tokenFile
    case .tokenCommand: tokenCommand
    case .clockSkew: clockSkew
    case .provision: provision
    case .connections: connections
    case .preparedStatements: preparedStatements
    case .logLevel: logLevel
    case .home: home
    }
  }
}
