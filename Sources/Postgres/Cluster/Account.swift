import Glibc

/// The operating system's user that the server runs as.
struct Account {
  var name: String
  var user: uid_t
  var group: gid_t
  var home: String

  static var isRoot: Bool { geteuid() == 0 }

  /// `postgres` for root, since the server refuses to run as root; otherwise who we are.
  static func ofServer() throws(ClusterError) -> Account {
    if isRoot {
      guard let account = unsafe Account(getpwnam("postgres")) else {
        throw ClusterError("PostgreSQL does not run as root, and there is no user postgres to run it as")
      }
      return account
    }
    guard let account = unsafe Account(getpwuid(geteuid())) else {
      throw ClusterError("the user id \(geteuid()) has no name, and PostgreSQL's peer authentication needs one")
    }
    return account
  }

  private init?(_ entry: UnsafeMutablePointer<passwd>?) {
    guard let entry = unsafe entry else { return nil }
    name = unsafe String(cString: entry.pointee.pw_name)
    user = unsafe entry.pointee.pw_uid
    group = unsafe entry.pointee.pw_gid
    home = unsafe String(cString: entry.pointee.pw_dir)
  }
}
