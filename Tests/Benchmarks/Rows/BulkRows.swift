import Foundation
import Glibc
import Postgres

/// A million customers through `deskpipe import` and `deskpipe export`, beside bare COPY into and out of the same tables
/// with the same indexes and triggers, in turns.
///
/// Each goes into a database of its own, cloned from one that is migrated and has one organization. COPY is sent by
/// psql as a superuser, who meets no row level security.
enum BulkRows {
  static func measure(_ desks: Desks) throws -> [Row] {
    let count = desks.options.isQuick ? 50_000 : 1_000_000
    let bulk = try Bulk(desks, count: count)
    var ratios: (in: [Double], out: [Double], items: [Double]) = ([], [], [])
    var seen: [String: [Double]] = [:]
    for round in 0..<(desks.options.isQuick ? 3 : 1) {
      let ours = try bulk.database("ours_\(round)")
      let theirs = try bulk.database("copy_\(round)")
      let copied = try bulk.seconds { try bulk.copyIn(theirs) }
      let imported = try bulk.seconds { try bulk.importCustomers(ours) }
      let read = try bulk.seconds { try bulk.copyOut(theirs) }
      let items = try bulk.seconds { try bulk.copyItemsOut(ours) }
      let exported = try bulk.seconds { try bulk.exportCustomers(ours) }
      ratios.in.append(copied / imported)
      ratios.out.append(read / exported)
      ratios.items.append(items / exported)
      let all = [
        ("COPY in", copied), ("import", imported), ("COPY out", read), ("COPY of the items", items),
        ("export", exported),
      ]
      for (name, seconds) in all {
        seen[name, default: []].append(Double(count) / seconds / 1_000)
      }
    }
    let rates = { (names: [String]) in names.map { Figure($0, seen[$0]!, "thousand rows/s") } }
    return [
      Row(
        "\(count) customers taken in, and bare COPY",
        [Figure("rate of COPY's", ratios.in)] + rates(["import", "COPY in"]),
        target: "at least 0.5", isMet: Spread(ratios.in).median >= 0.5),
      Row(
        "\(count) customers written out, and bare COPY",
        [Figure("rate of COPY's", ratios.out), Figure("rate of COPY's with the same items", ratios.items)]
          + rates(["export", "COPY out", "COPY of the items"]), target: "at least 0.5",
        isMet: Spread(ratios.out).median >= 0.5),
      Row("most memory of the two", [Figure("import and export", [bulk.peak], "MB")]),
    ]
  }
}

/// A file of customers in two forms, and databases to put them into.
private final class Bulk {
  private let desks: Desks
  private let folder: String
  /// The most memory that a command of ours had, in MB.
  private(set) var peak = 0.0

  init(_ desks: Desks, count: Int) throws {
    self.desks = desks
    folder = desks.folder + "/bulk"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard unsafe chmod(folder, 0o777) == 0 else { throw BenchError("no folder") }
    let session = try Session(desks.cluster.endpoints(database: "postgres").superuser)
    try session.run("create database bulk owner deskpipe_owner")
    let endpoints = desks.cluster.endpoints(database: "bulk")
    try Migrator().apply(Session(endpoints.owner))
    try Session(endpoints.superuser).run(
      "insert into public.organizations (clerk_id, name) values ('org_0', 'Bulk')")
    try write(count)
  }

  private func write(_ count: Int) throws {
    let lines = try FileOutput(folder + "/customers.ndjson")
    let copy = try FileOutput(folder + "/customers.copy")
    let names = ["Ana", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hassan", "Ingrid", "Jorge"]
    for number in 0..<count {
      // Spread as addresses are, and not in the order of their numbers.
      let key = String((number &* 2_654_435_761) % 4_294_967_296, radix: 36)
      let name = "\(names[number % 10]) \(names[number / 10 % 10])son \(key)"
      let email = "\(key).\(number)@example\(number % 97).com"
      let metadata = #"{"source": "crm", "row": \#(number), "city": "Springfield"}"#
      try lines.write(#"{"name":"\#(name)","email":"\#(email)","metadata":\#(metadata)}"# + "\n")
      try copy.write("\(name)\t\(email)\t\(metadata)\n")
    }
    try lines.end()
    try copy.end()
  }

  func database(_ name: String) throws -> Endpoints {
    try Session(desks.cluster.endpoints(database: "postgres").superuser).run("create database \(name) template bulk")
    let endpoints = desks.cluster.endpoints(database: name)
    try Session(endpoints.superuser).run("checkpoint")
    return endpoints
  }

  func seconds(_ body: () throws -> Void) throws -> Double {
    let begin = Clock.now
    try body()
    return Double(Clock.now - begin) / 1e9
  }

  func copyIn(_ endpoints: Endpoints) throws {
    let organization = "(select id from public.organizations)"
    try psql(
      endpoints,
      """
      select set_config('app.organization_id', \(organization)::text, false) \\g /dev/null
      \\copy public.customers (name, email, metadata) from '\(folder)/customers.copy'
      """)
  }

  func copyOut(_ endpoints: Endpoints) throws {
    try psql(endpoints, "\\copy public.customers to '\(folder)/out.copy'")
  }

  /// What an export writes, with fields and identities, as JSON.
  func copyItemsOut(_ endpoints: Endpoints) throws {
    try psql(
      endpoints,
      "\\copy (select row_to_json(v) from desk.customer_detail v order by v.id) to '\(folder)/items.copy'")
  }

  func importCustomers(_ endpoints: Endpoints) throws {
    try deskpipe(endpoints, ["import", "customers", folder + "/customers.ndjson"])
  }

  func exportCustomers(_ endpoints: Endpoints) throws {
    let file = folder + "/out.ndjson"
    try? FileManager.default.removeItem(atPath: file)
    try deskpipe(endpoints, ["export", "customers", file])
  }

  private func psql(_ endpoints: Endpoints, _ script: String) throws {
    let file = folder + "/script.sql"
    try script.write(toFile: file, atomically: true, encoding: .utf8)
    _ = try Command([try psqlPath(), "-Xq", "-v", "ON_ERROR_STOP=1", "-f", file, endpoints.superuser]).run(
      limit: 1 << 20)
  }

  private func psqlPath() throws -> String {
    for folder in ["/usr/lib/postgresql/15/bin", "/usr/bin"]
    where FileManager.default.isExecutableFile(atPath: folder + "/psql") {
      return folder + "/psql"
    }
    throw BenchError("there is no psql")
  }

  /// Runs a command of ours to its end, which must be clean.
  private func deskpipe(_ endpoints: Endpoints, _ arguments: [String]) throws {
    let token = folder + "/token"
    if !FileManager.default.fileExists(atPath: token) {
      guard FileManager.default.createFile(atPath: token, contents: Data(), attributes: [.posixPermissions: 0o600])
      else {
        throw BenchError("no token")
      }
    }
    try desks.token().write(toFile: token, atomically: false, encoding: .utf8)
    let environment = [
      "DATABASE_URL": endpoints.serve, "CLERK_JWT_KEY": desks.publicKey, "CLERK_ISSUER": Desks.issuer,
      "DESKPIPE_TOKEN_FILE": token, "DESKPIPE_LOG_LEVEL": "error", "PATH": "/usr/bin:/bin", "HOME": desks.folder,
    ]
    let process = try Command([desks.options.deskpipe] + arguments, environment: environment).launch(
      input: unsafe open("/dev/null", O_RDONLY), output: unsafe open("/dev/null", O_WRONLY))
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) == -1 && errno == EINTR {}
    peak = max(peak, Double(usage.ru_maxrss) / 1000)
    guard status == 0 else { throw BenchError("\(arguments[0]) ended with status \(status)") }
  }
}

/// A file that is written piece by piece.
private final class FileOutput {
  private let handle: FileHandle
  private var buffer = Data()

  init(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path)
    else { throw BenchError("cannot write \(path)") }
    self.handle = handle
  }

  func write(_ text: String) throws {
    buffer += Data(text.utf8)
    if buffer.count > 1 << 20 { try flush() }
  }

  func end() throws {
    try flush()
    try handle.close()
  }

  private func flush() throws {
    try handle.write(contentsOf: buffer)
    buffer = Data()
  }
}
