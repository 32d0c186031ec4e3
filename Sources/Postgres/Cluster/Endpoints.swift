/// Connection strings (libpq, section 34.1.1) of one database of the private cluster, one for each login role.
public struct Endpoints: Sendable, Equatable {
  /// For the service: owns nothing and may only become the roles of a call.
  public var serve: String
  /// For migrations: owns the database, no superuser.
  public var owner: String
  /// For the maintenance functions.
  public var maintain: String
  /// The cluster's superuser, which row level security does not hold back.
  public var superuser: String

  init(socketFolder: String, database: String) {
    func conninfo(_ role: String) -> String {
      // The empty and the explicit settings keep libpq's environment variables from redirecting the connection.
      "host=\(quoted(socketFolder)) port=5432 dbname=\(quoted(database)) user=\(role) hostaddr='' gssencmode=disable"
    }
    serve = conninfo("deskpipe_serve")
    owner = conninfo("deskpipe_owner")
    maintain = conninfo("deskpipe_maintain")
    superuser = conninfo("postgres")
  }

  /// The roles that may log in to the cluster.
  static let roles = ["postgres", "deskpipe_owner", "deskpipe_serve", "deskpipe_maintain"]
}

private func quoted(_ value: String) -> String {
  let plain = value.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
  if plain && !value.isEmpty { return value }
  let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  return "'\(escaped)'"
}
