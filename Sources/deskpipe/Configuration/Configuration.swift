import Desk
import Logging
import Postgres
import Token

/// The settings of one process: flags first, then the environment, then the file.
struct Configuration {
  private let flags: SettingFlags?
  private let environment: [String: String]
  private let file: [String: String]

  /// - Parameter flags: nil where the command line has none.
  init(_ flags: SettingFlags?, environment: [String: String] = Environment.current) throws {
    self.flags = flags
    self.environment = environment
    file = try flags?.config.map(SettingsFile.read) ?? [:]
  }

  /// A setting that is there and not empty: spawned clients often pass variables on that nobody has set.
  subscript(setting: Setting) -> String? {
    [flags?[setting], environment[setting.environment], file[setting.rawValue]].lazy
      .compactMap { $0 }.first { !$0.isEmpty }
  }

  /// The environment of another process of this program that is to have the same settings, wherever they came from: a
  /// file may be one that is read only once.
  func forAnotherProcess() throws -> [String: String] {
    for setting in [Setting.database, .listenDatabase, .ownerDatabase, .maintainDatabase] { _ = try conninfo(setting) }
    var environment = environment
    for setting in Setting.allCases {
      if let value = self[setting] { environment[setting.environment] = value }
    }
    return environment
  }

  func list(_ setting: Setting) -> [String] {
    (self[setting] ?? "").split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  func integer(_ setting: Setting, _ range: ClosedRange<Int>, default standard: Int) throws -> Int {
    guard let text = self[setting] else { return standard }
    guard let number = Int(text), range.contains(number) else {
      throw ConfigurationError(setting, "must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The connection string of a login, or nil where nothing says which database.
  ///
  /// libpq's own variables suffice: an empty connection string leaves everything to them.
  func conninfo(_ setting: Setting) throws -> String? {
    if let flag = flags?[setting], flag != "private" {
      guard let holdsSecret = ConnectionString.holdsSecret(flag) else {
        throw ConfigurationError(setting, "is no connection string that libpq can read")
      }
      guard !holdsSecret else {
        throw ConfigurationError(setting, "must not carry a password in a flag, where every process can read it")
      }
    }
    if let value = self[setting] { return value }
    let isNamed = ["PGHOST", "PGSERVICE", "PGDATABASE", "PGHOSTADDR"].contains { environment[$0]?.isEmpty == false }
    return setting == .database && isNamed ? "" : nil
  }

  /// Where to listen for events; nil for nowhere.
  func listening(besides database: String) throws -> String? {
    let value = try conninfo(.listenDatabase) ?? database
    return value == "none" ? nil : value
  }

  func logLevel() throws -> Logger.Level {
    guard let text = self[.logLevel] else { return .warning }
    guard let level = Logger.Level(rawValue: text) else {
      throw ConfigurationError(.logLevel, "must be error, warning, info or debug")
    }
    return level
  }

  func provision() throws -> ServiceConfiguration.Provision {
    guard let text = self[.provision] else { return .agents }
    guard let provision = ServiceConfiguration.Provision(rawValue: text) else {
      throw ConfigurationError(.provision, "must be organizations, agents or none")
    }
    return provision
  }

  func poolLimits() throws -> Pool.Limits {
    var limits = Pool.Limits()
    limits.connections = try integer(.connections, 1...100, default: limits.connections)
    limits.prepared = try integer(.preparedStatements, 0...10_000, default: limits.prepared)
    if limits.prepared > 0 { limits.prepared = max(limits.prepared, 32) }
    return limits
  }

  func cluster() throws -> Cluster { try Cluster(home: self[.home]) }
}
