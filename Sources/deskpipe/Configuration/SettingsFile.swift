import Glibc
import JSON
import Postgres

/// The file of settings: one JSON object, by the settings' names.
enum SettingsFile {
  static func read(_ path: String) throws -> [String: String] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0, let bytes = readAll(descriptor) else {
      throw ConfigurationError("--config names \(path), which cannot be read: \(errorText())")
    }
    // Whoever writes it has a command run: token_command.
    guard status.st_mode & 0o022 == 0 else {
      throw ConfigurationError("\(path) may be written by others than its owner; chmod 600 \(path)")
    }
    let settings = try parse(bytes, path)
    guard status.st_mode & 0o044 == 0 || !holdsSecret(settings) else {
      throw ConfigurationError("\(path) holds a secret that others may read; chmod 600 \(path)")
    }
    return settings
  }

  private static func holdsSecret(_ settings: [String: String]) -> Bool {
    let databases: [Setting] = [.database, .ownerDatabase, .maintainDatabase]
    return [Setting.secretKeys, .clerkWebhookSecret, .eventsWebhookSecret].contains {
      settings[$0.rawValue]?.isEmpty == false
    }
      || databases.contains { settings[$0.rawValue].flatMap(ConnectionString.holdsSecret) == true }
  }

  private static func parse(_ bytes: [UInt8], _ path: String) throws -> [String: String] {
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
