import JSON
import Postgres
import Token

/// Passwords of mail servers on their way to the database, which gets them sealed.
struct MailSecrets: Sendable {
  enum Server: String, Sendable { case imap, smtp }

  static let query = Query("select desk.set_email_secret($1::uuid, $2::text, $3::text, $4::text)")

  let account: String
  let organization: String
  private var statements: [Statement] = []
  private var passwords: [(server: Server, password: String)] = []

  init(of account: String, _ caller: Caller) {
    self.account = account
    organization = caller.organization
  }

  /// Keeps, removes or leaves a password, as the call says.
  mutating func set(_ password: String??, for server: Server) {
    switch password {
    case nil: break
    case .some(nil): statements.append(Self.query(account, server.rawValue, nil, nil))
    case .some(let password?): passwords.append((server, password))
    }
  }

  /// Makes a plan of the statements that change the passwords; a key is needed only if one is kept.
  func plan(_ make: @escaping @Sendable ([Statement]) -> Plan) -> Plan {
    guard !passwords.isEmpty else { return make(statements) }
    return .sealing { sealer throws(Failure) in
      var all = statements
      for (server, password) in passwords { all.append(try seal(password, for: server, by: sealer)) }
      return make(all)
    }
  }

  /// What is sealed opens only as the same password of the same account: a row that is copied elsewhere does not.
  private func seal(_ password: String, for server: Server, by sealer: Sealer?) throws(Failure) -> Statement {
    guard let sealer else {
      throw Failure(
        .rule, "No password can be kept here: the service has no key to seal it with (secret_keys).",
        path: "/\(server.rawValue)_settings/password")
    }
    let place = "\(organization)|\(account)|\(server.rawValue)"
    do throws(SealingError) {
      let sealed = try sealer.seal(Array(password.utf8), for: Array(place.utf8))
      return Self.query(account, server.rawValue, sealed.keyID, sealed.text)
    } catch {
      throw Failure(.internalError)
    }
  }
}
