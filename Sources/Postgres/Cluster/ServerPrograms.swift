import Glibc

/// The folder of a PostgreSQL server's programs.
package struct ServerPrograms {
  static let oldest = 15

  package var folder: String
  var major: Int

  var initdb: String { folder + "/initdb" }
  var postgres: String { folder + "/postgres" }

  /// The newest server that is at least `oldest`, from PATH or where Debian puts them; with `major`, only that one,
  /// since a cluster's files belong to one major version.
  package static func find(major: Int? = nil) throws(ClusterError) -> ServerPrograms {
    let found = candidates().filter { $0.major >= oldest && (major == nil || $0.major == major) }
    if let newest = found.max(by: { $0.major < $1.major }) { return newest }
    if let major {
      throw ClusterError("the private cluster was made by PostgreSQL \(major), whose server is not installed")
    }
    throw ClusterError(
      "no PostgreSQL server of version \(oldest) or newer was found, neither in PATH nor under /usr/lib/postgresql")
  }

  private static func candidates() -> [ServerPrograms] {
    var programs: [ServerPrograms] = []
    for name in folderNames("/usr/lib/postgresql") {
      let folder = "/usr/lib/postgresql/\(name)/bin"
      if let major = Int(name), isComplete(folder) { programs.append(ServerPrograms(folder: folder, major: major)) }
    }
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
    for folder in path.split(separator: ":").map(String.init) where folder.hasPrefix("/") && isComplete(folder) {
      if let major = version(folder) { programs.append(ServerPrograms(folder: folder, major: major)) }
    }
    return programs
  }

  private static func isComplete(_ folder: String) -> Bool {
    unsafe access(folder + "/initdb", X_OK) == 0 && access(folder + "/postgres", X_OK) == 0
  }

  /// `postgres (PostgreSQL) 15.20 (Debian ...)`: the first word that starts with a number.
  private static func version(_ folder: String) -> Int? {
    do throws(ClusterError) {
      let words = try Command([folder + "/postgres", "--version"]).run().split(separator: " ")
      return words.lazy.compactMap { Int($0.prefix { $0.isNumber }) }.first
    } catch { return nil }
  }

  private static func folderNames(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }
}
