import Desk
import Glibc
import JSON
import Logging
import Postgres
import Token

/// The settings of one process: flags first, then the environment, then the file.
struct Configuration {
  private let flags: SettingFlags
  private let environment: [String: String]
  private let file: [String: String]

  init(_ flags: SettingFlags, environment: [String: String] = Environment.current) throws {
    self.flags = flags
    self.environment = environment
    file = try flags.config.map(Self.read) ?? [:]
  }

  /// A setting that is there and not empty: spawned clients often pass variables on that nobody has set.
  subscript(setting: Setting) -> String? {
    [flags[setting], environment[setting.environment], file[setting.rawValue]].lazy
      .compactMap { $0 }.first { !$0.isEmpty }
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
    if flags[setting]?.contains("password=") == true || hasPassword(flags[setting]) {
      throw ConfigurationError(setting, "must not carry a password in a flag, where every process can read it")
    }
    if let value = self[setting] { return value }
    let isNamed = ["PGHOST", "PGSERVICE", "PGDATABASE", "PGHOSTADDR"].contains { environment[$0]?.isEmpty == false }
    return setting == .database && isNamed ? "" : nil
  }

  private func hasPassword(_ url: String?) -> Bool {
    guard let url, let start = url.firstRange(of: "://")?.upperBound else { return false }
    let authority = url[start...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@") else { return false }
    return authority[..<at].contains(":")
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

  private static func read(_ path: String) throws -> [String: String] {
    guard let bytes = readFile(path) else {
      throw ConfigurationError("--config names \(path), which cannot be read: \(errorText())")
    }
    var settings: [String: String] = [:]
    let document: Document
    do throws(SyntaxError) { document = try Document(bytes.span, duplicates: .refused) } catch {
      throw ConfigurationError("\(path) is not JSON at byte \(error.position)")
    }
    try document.withRoot { root throws in
      guard root.kind == .object else { throw ConfigurationError("\(path) must hold one JSON object") }
      try root.forEachMember { name, value throws in
        guard let setting = Setting(rawValue: name) else {
          throw ConfigurationError("\(path) has a setting \"\(name)\" that deskpipe does not know")
        }
        settings[name] = try text(of: value, setting)
      }
    }
    return settings
  }

  private static func text(of value: borrowing Value, _ setting: Setting) throws -> String {
    switch value.kind {
    case .string: return value.string ?? ""
    case .integer: return String(value.integer ?? 0)
    case .array:
      var parts: [String] = []
      for index in 0..<value.count {
        guard let part = value.element(index, { $0.string }) ?? nil else {
          throw ConfigurationError(setting, "must be a list of strings in the file")
        }
        parts.append(part)
      }
      return parts.joined(separator: ",")
    default: throw ConfigurationError(setting, "must be a string, a number or a list of strings in the file")
    }
  }
}
