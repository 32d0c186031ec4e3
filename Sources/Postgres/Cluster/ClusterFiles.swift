/// The configuration of the private cluster.
enum ClusterFiles {
  /// Lines of postgresql.conf. Modest memory, for a desk beside other work; everything is written durably.
  static let settings = [
    "",
    "cluster_name = 'deskpipe'",
    "listen_addresses = ''",
    "max_connections = 64",
    "shared_buffers = 64MB",
    "max_wal_size = 512MB",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    // Compiling a plan costs more than a desk's statements do.
    "jit = off",
    // Ends the statements of a client that has gone.
    "client_connection_check_interval = 5s",
    // Refused calls are everyday errors here; logging them would write callers' data to a file without an end.
    "log_min_messages = log",
    "log_checkpoints = off",
    "log_autovacuum_min_duration = -1",
  ]

  static let authentication = """
    # The kernel tells who connects; pg_ident.conf says who may be which role.
    local all all peer map=deskpipe

    """

  static func identities(_ users: [String]) -> String {
    var text = "# map  operating system's user  role\n"
    for user in users {
      for role in Endpoints.roles { text += "deskpipe \"\(user)\" \(role)\n" }
    }
    return text
  }
}
