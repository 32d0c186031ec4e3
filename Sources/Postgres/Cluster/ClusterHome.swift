import Glibc

/// Where the private cluster lives.
///
/// `data` is PostgreSQL's own folder, `run` holds the socket, `lock` is held by who starts or stops, `server.log` is
/// what the server says. For root the home itself stays root's; only `data` and `run` belong to the server's user.
struct ClusterHome {
  var path: String

  var data: String { path + "/data" }
  var unfinishedData: String { path + "/data.new" }
  var processFile: String { data + "/postmaster.pid" }
  var sockets: String { path + "/run" }
  var lock: String { path + "/lock" }
  var log: String { path + "/server.log" }

  /// DESKPIPE_HOME; else /var/lib/deskpipe for root and the user's data folder (XDG base directory specification)
  /// for everybody else.
  static func standard() throws(ClusterError) -> ClusterHome {
    if let home = variable("DESKPIPE_HOME") {
      guard home.hasPrefix("/") else { throw ClusterError("DESKPIPE_HOME is no absolute path: \(home)") }
      return ClusterHome(path: home)
    }
    if Account.isRoot { return ClusterHome(path: "/var/lib/deskpipe") }
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") { return ClusterHome(path: data + "/deskpipe") }
    let home: String
    if let named = variable("HOME") { home = named } else { home = try Account.ofServer().home }
    return ClusterHome(path: home + "/.local/share/deskpipe")
  }

  /// The kernel takes 107 bytes (unix(7)); libpq and the server would each complain in their own words.
  func checkSocketPath() throws(ClusterError) {
    let socket = sockets + "/.s.PGSQL.5432"
    if socket.utf8.count > 107 {
      throw ClusterError(
        "the socket's path has \(socket.utf8.count) bytes and may have 107: set DESKPIPE_HOME to a shorter one")
    }
  }

  func create(for account: Account) throws(ClusterError) {
    try create()
    try makeFolder(sockets, mode: 0o700, owner: account)
  }

  /// Makes the folder alone, and those around it.
  func create() throws(ClusterError) {
    var position = path.index(after: path.startIndex)
    while let slash = path[position...].firstIndex(of: "/") {
      try makeFolder(String(path[..<slash]), mode: 0o755)
      position = path.index(after: slash)
    }
    try makeFolder(path, mode: Account.isRoot ? 0o711 : 0o700)
  }

  /// Makes a folder that is not there yet and gives it to the owner.
  func makeFolder(_ path: String, mode: mode_t, owner: Account? = nil) throws(ClusterError) {
    if unsafe mkdir(path, mode) != 0 {
      if errno == EEXIST { return }
      throw ClusterError("\(path) cannot be made: \(errorText())")
    }
    // The umask may have taken rights that the server's user needs.
    var failed = unsafe chmod(path, mode) != 0
    if let owner, Account.isRoot { failed = failed || (unsafe lchown(path, owner.user, owner.group) != 0) }
    if failed { throw ClusterError("\(path) cannot be made: \(errorText())") }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }), !value.isEmpty else { return nil }
    return value
  }
}

/// Holds the lock file of a home until its end; a process that dies lets go of it, too.
struct HomeLock: ~Copyable {
  private let descriptor: Int32

  /// Waits up to two minutes, which is longer than an initdb on a slow disk.
  init(_ path: String) throws(ClusterError) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw ClusterError("\(path) cannot be opened: \(errorText())") }
    for _ in 0..<6_000 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      pause(milliseconds: 20)
    }
    close(descriptor)
    throw ClusterError("another process has been starting or stopping the private cluster for two minutes")
  }

  deinit { close(descriptor) }
}
