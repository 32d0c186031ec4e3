import Foundation
import Glibc
import Postgres
import TestSupport
import Testing
import Token

/// The commands as a shell meets them: what they print where, and their exit codes.
@Suite struct CommandTests {
  private func run(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> Run {
    try Run(arguments, environment: environment, input: input)
  }

  @Test func showsItsVersion() throws {
    let run = try run(["--version"])
    #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    #expect(run.status == 0)
  }

  private static let secret = ["DESKPIPE_EVENTS_WEBHOOK_SECRET": "whsec_" + Base64.encode(Random.bytes(count: 24))]

  private static func webhook(_ address: String) -> [String] { ["--webhook", address, "--cursor-file", "/tmp/unmade"] }

  private static let keys = ["DATABASE_URL": "host=/nowhere", "CLERK_ISSUER": "https://a.example"]

  @Test(
    arguments: [
      (["serve"], [:], "database (DATABASE_URL, --database) is not set"),
      (["serve"], ["DATABASE_URL": "host=/nowhere"], "clerk_jwt_key (CLERK_JWT_KEY) is not set"),
      (["serve"], ["DATABASE_URL": "host=/nowhere", "CLERK_JWT_KEY": "x"], "clerk_jwt_key (CLERK_JWT_KEY)"),
      (["serve", "--database", "postgres://a:b@c/d"], [:], "must not carry a password in a flag"),
      (["serve", "--database", "host=x password = secret"], [:], "must not carry a password in a flag"),
      (["serve", "--database", "host=x sslpassword='secret'"], [:], "must not carry a password in a flag"),
      (["serve", "--database", "postgres://b@c/d?password=secret"], [:], "must not carry a password in a flag"),
      (["serve", "--database", "host"], [:], "is no connection string that libpq can read"),
      (["serve", "--config", "/nowhere.json"], [:], "/nowhere.json"),
      (["serve", "--connections", "0"], ["DATABASE_URL": "host=/nowhere", "CLERK_ISSUER": "x"], "clerk_jwt_key"),
      (["serve"], keys.merging(["CLERK_JWKS_URL": "http://a.example/"]) { $1 }, "must be an https:// address"),
      (["serve"], keys.merging(["CLERK_JWKS_URL": "https://a:b@a.example/"]) { $1 }, "must be an https:// address"),
      (
        ["serve"], keys.merging(["CLERK_JWKS_URL": "https://a.example/,https://b.example/"]) { $1 },
        "another one for each issuer"
      ),
      (
        ["serve"], keys.merging(["CLERK_PUBLISHABLE_KEY": "sk_test_eA"]) { $1 },
        "clerk_publishable_key (CLERK_PUBLISHABLE_KEY"
      ),
      (
        ["serve"], keys.merging(["CLERK_PUBLISHABLE_KEY": "pk_test_Y2xlcmsuZGVzay5leGFtcGxlJA"]) { $1 },
        "which clerk_issuer does not"
      ),
      (
        ["serve"], keys.merging(["CLERK_JWKS_URL": "https://a.example/", "CLERK_CA_FILE": "/nowhere.pem"]) { $1 },
        "/nowhere.pem"
      ),
      (
        ["serve", "--clerk-keys-limit", "60"], keys.merging(["CLERK_JWKS_URL": "https://a.example/"]) { $1 },
        "clerk_keys_limit (CLERK_KEYS_LIMIT, --clerk-keys-limit) must be a number from 300 to 604800"
      ),
      (
        ["serve"], keys.merging(["CLERK_JWKS_URL": "https://a.example/", "CLERK_ABSENT_PARTY": "never"]) { $1 },
        "clerk_absent_party (CLERK_ABSENT_PARTY, --clerk-absent-party) must be if_present or require"
      ),
      (
        ["serve", "--clerk-token-age", "59"], keys.merging(["CLERK_JWKS_URL": "https://a.example/"]) { $1 },
        "clerk_token_age (CLERK_TOKEN_AGE, --clerk-token-age) must be a number from 60 to 604800"
      ),
      (
        ["serve"], keys.merging(["CLERK_JWKS_URL": "https://a.example/", "CLERK_OAUTH_TOKEN_AGE": "604801"]) { $1 },
        "clerk_oauth_token_age (CLERK_OAUTH_TOKEN_AGE, --clerk-oauth-token-age) must be a number from 60 to 604800"
      ),
      (["events"] + Self.webhook("http://example.com/"), secret, "--webhook must be an https:// address"),
      (["events"] + Self.webhook("https://a:b@example.com/"), secret, "--webhook must be an https:// address"),
      (["events"] + Self.webhook("http://127.0.0.1.example.com/"), secret, "--webhook must be an https:// address"),
      (["events", "--webhook", "https://example.com/"], secret, "--webhook needs --cursor-file"),
      (["events"] + Self.webhook("https://example.com/"), [:], "events_webhook_secret"),
      (
        ["events"] + Self.webhook("https://example.com/"), ["DESKPIPE_EVENTS_WEBHOOK_SECRET": "whsec_eA=="],
        "events_webhook_secret (DESKPIPE_EVENTS_WEBHOOK_SECRET) must be whsec_"
      ),
      (
        ["events", "--webhook-ca", "/nowhere.pem"] + Self.webhook("https://example.com/"), secret,
        "--webhook-ca names /nowhere.pem, which cannot be read"
      ),
      (["events", "--from", "now", "--cursor", "c"], [:], "--cursor says already where to begin"),
      (["events", "--cursor-file", "/nowhere/c"], [:], "/nowhere/c.lock cannot be made"),
      (["call", "tickets.list", "x"], [:], "'x' is no parameter"),
      (["call", "tickets.create", "--watch"], [:], "only what reads can be watched"),
      (["migrate"], [:], "owner_database (DATABASE_OWNER_URL, --owner-database) is not set"),
      (["token", "mint", "--lifetime", "9223372036854775807"], [:], "--lifetime must be a number from"),
      (["token", "mint", "--lifetime=-9223372036854775808"], [:], "--lifetime must be a number from"),
      (["token", "verify", "--at", "9223372036854775807"], [:], "--at must be a number from"),
      (["token", "verify", "--at=-1"], [:], "--at must be a number from"),
    ] as [([String], [String: String], String)])
  func saysInOneSentenceWhatIsWrong(_ arguments: [String], _ environment: [String: String], _ sentence: String) throws {
    let run = try run(arguments, environment: environment)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("deskpipe: ") && run.errors.contains(sentence), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.status == 2)
  }

  @Test func callsAMethodFromAShell() throws {
    let desk = try Desk()
    let token = desk.settings.deletingLastPathComponent().appending(path: "token")
    try Data(Desk.token().utf8).write(to: token)
    _ = unsafe chmod(token.path, 0o600)
    let options = ["--config", desk.settings.path, "--token-file", token.path]
    let fine = try run(["call", "session.whoami"] + options)
    #expect(fine.output.hasPrefix("{\"session\":") && fine.status == 0, "\(fine)")
    let faulty = try run(["call", "tickets.get", #"{"id":"x"}"#] + options)
    #expect(faulty.output == "" && faulty.errors.contains("-32602") && faulty.status == 1, "\(faulty)")
    let piped = try run(["call", "tickets.list", "-"] + options, input: "{\"limit\": 1}\n")
    #expect(piped.output.contains("\"items\"") && piped.status == 0, "\(piped)")
    #expect(try run(["call", "tickets.list", "[1]"] + options).status == 2)
    let elsewhere = try run(["call", "session.whoami"] + options, environment: ["TMPDIR": "/nowhere"])
    #expect(elsewhere.errors.contains("cannot make a temporary file in /nowhere") && elsewhere.status == 1)
    let empty = try run(["call", "session.whoami"] + options, environment: ["TMPDIR": ""])
    #expect(empty.status == 0, "\(empty)")
    _ = unsafe chmod(token.path, 0o644)
    #expect(try run(["call", "session.whoami"] + options).errors.contains("others may read"))
  }

  /// Such as a shell's `<(command)`, for commands that serve a desk by a process of their own as well.
  @Test(arguments: ["call tickets.count", "export tickets -"]) func takesSettingsThatCanBeReadOnce(
    _ words: String
  ) throws {
    let desk = try Desk()
    let token = desk.settings.deletingLastPathComponent().appending(path: "token")
    try Data(Desk.token().utf8).write(to: token)
    _ = unsafe chmod(token.path, 0o600)
    let script = #""$0" "# + words + #" --token-file "$1" --config <(/bin/cat "$2")"#
    let run = try Run(
      ["-c", script, Child.binary.path, token.path, desk.settings.path], program: URL(filePath: "/bin/bash"))
    #expect(run.output.contains(words.hasPrefix("call") ? #""count""# : #""subject""#) && run.status == 0, "\(run)")
  }

  @Test(
    arguments: [
      ([], [:], "admin"), (["--admin-roles", "org:owner"], [:], "agent"),
      (["--admin-roles", "org:owner, admin"], [:], "admin"),
      ([], ["DESKPIPE_ADMIN_ROLES": "owner"], "agent"), ([], ["DESKPIPE_ADMIN_ROLES": "org:admin"], "admin"),
    ] as [([String], [String: String], String)])
  func takesTheRolesOfAdmins(_ flags: [String], _ environment: [String: String], _ role: String) throws {
    let desk = try Desk()
    let call = ["call", "session.open", "{\"token\":\"\(try Desk.token())\"}", "--config", desk.settings.path]
    let run = try run(call + flags, environment: environment)
    #expect(run.output.contains("\"role\":\"\(role)\""), "\(run)")
  }

  /// What the settings of the policy make of the same tokens.
  @Test(
    arguments: [
      ([], 60, nil), ([], 3_601, "token-lifetime-too-long"), (["--clerk-token-age", "7200"], 3_601, nil),
      (["--clerk-token-age", "60"], 61, "token-lifetime-too-long"),
      (["--clerk-authorized-parties", "https://a.example"], 60, nil),
      (
        ["--clerk-authorized-parties", "https://a.example", "--clerk-absent-party", "require"], 60,
        "token-invalid-authorized-parties"
      ),
      (["--clerk-authorized-parties", "https://a.example", "--clerk-absent-party", "if_present"], 60, nil),
      (["--clerk-audience", "desk"], 60, "token-verification-failed"),
      (["--clerk-oauth-clients", "client_a", "--clerk-oauth-token-age", "60"], 60, nil),
    ] as [([String], Int, String?)])
  func holdsTokensToItsPolicy(_ flags: [String], _ lifetime: Int, _ reason: String?) throws {
    let desk = try Desk()
    let arguments = ["token", "verify", "--config", desk.settings.path] + flags
    let run = try run(arguments, input: Desk.token(lifetime: lifetime))
    let words = reason.map { "\"reason\":\"\($0)\"" } ?? "\"valid\":true"
    #expect(run.output.contains(words) && run.status == (reason == nil ? 0 : 1), "\(run)")
  }

  @Test func takesTheSecretOfWebhooksFromEverywhereButFlags() throws {
    let delivery = #"{"headers":{},"body":"{}"}"#
    let secret = "whsec_" + Base64.encode(Random.bytes(count: 24))
    let rows: [(file: [String: String], environment: [String: String], answer: String, status: Int32)] = [
      ([:], [:], "webhook-not-configured", 1),
      (["clerk_webhook_secret": secret], [:], "webhook-invalid-headers", 1),
      ([:], ["CLERK_WEBHOOK_SECRET": secret], "webhook-invalid-headers", 1),
      ([:], ["CLERK_WEBHOOK_SECRET": "whsec_short"], "clerk_webhook_secret (CLERK_WEBHOOK_SECRET) must be whsec_", 2),
    ]
    for row in rows {
      let desk = try Desk(row.file)
      let options = ["call", "clerk.webhook", delivery, "--config", desk.settings.path]
      let run = try run(options, environment: row.environment)
      #expect(run.errors.contains(row.answer) && run.status == row.status, "\(run)")
      #expect(!run.errors.contains("short"))
    }
    #expect(try run(["serve", "--clerk-webhook-secret", secret]).status != 0)
  }

  @Test func examinesADatabase() throws {
    let desk = try Desk()
    let maintain = ["DATABASE_MAINTAIN_URL": desk.database.endpoints.maintain]
    let run = try run(["doctor", "--config", desk.settings.path], environment: maintain)
    #expect(run.output.contains("ok   maintain: "), "\(run)")
    let failed = run.output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
    // Only the server's own age may be complained of; that is not the desk's fault.
    #expect(failed.allSatisfy { $0.hasPrefix("FAIL server_version") }, "\(run)")
    #expect(run.status == (failed.isEmpty ? 0 : 1))
  }

  @Test(
    arguments: [
      (0o644, "", nil), (0o640, "password=x", "chmod 600"), (0o604, "password=x", "chmod 600"),
      (0o600, "password=x", nil), (0o400, "password=x", nil), (0o620, "", "chmod 600"), (0o602, "", "chmod 600"),
    ] as [(mode_t, String, String?)])
  func keepsItsFileOfSettingsFromOthers(_ mode: mode_t, _ more: String, _ complaint: String?) throws {
    let file = URL(filePath: try TemporaryFolder().path).appending(path: "deskpipe.json")
    try Data(#"{"database": "host=/nowhere \#(more)"}"#.utf8).write(to: file)
    _ = unsafe chmod(file.path, mode)
    let run = try run(["serve", "--config", file.path])
    #expect(run.errors.contains(complaint ?? "clerk_jwt_key") && run.status == 2, "\(run)")
    #expect(complaint == nil || run.errors.contains(file.path))
  }

  @Test func takesNoTokenFromAPipeALinkOrALargeFile() throws {
    let desk = try Desk()
    let folder = desk.settings.deletingLastPathComponent()
    let (pipe, large) = (folder.appending(path: "pipe").path, folder.appending(path: "large").path)
    let link = folder.appending(path: "link").path
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    try Data(repeating: 0x41, count: 65_537).write(to: URL(filePath: large))
    #expect(unsafe chmod(large, 0o600) == 0)
    #expect(unsafe symlink(large, link) == 0)
    for (path, complaint) in [(pipe, "no regular file"), (link, "a link"), (large, "larger than 64 KiB")] {
      let run = try run(["call", "system.ping", "--config", desk.settings.path, "--token-file", path])
      #expect(run.errors.contains(complaint) && run.status == 2, "\(run)")
    }
  }

  @Test func migratesAndTellsWhatIsApplied() throws {
    let desk = try Desk()
    let list = try run(["migrate", "--status", "--config", desk.settings.path])
    #expect(list.output.contains("0001_roles: applied") && list.status == 0, "\(list)")
    #expect(try run(["migrate", "--config", desk.settings.path]).output == "nothing to apply")
  }

  /// Whatever it is asked meanwhile: nothing of it can be right in another schema.
  @Test(arguments: ["", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\n"])
  func servesNoDatabaseOfAnotherSchema(_ input: String) throws {
    let database = try TestCluster.createEmptyDatabase()
    let environment = [
      "DATABASE_URL": database.endpoints.owner, "CLERK_ISSUER": "https://a.example",
      "CLERK_JWT_KEY": try Signer.generate().publicPEM,
    ]
    let run = try run(["serve"], environment: environment, input: input)
    #expect(run.status == 2)
    #expect(run.errors == "deskpipe: the database has no deskpipe schema yet: run deskpipe migrate\n", "\(run)")
  }

  /// One waits for the other, and finds nothing left to do.
  @Test func twoProcessesMigrateTheSameEmptyDatabaseAtOnce() throws {
    let database = try TestCluster.createEmptyDatabase()
    let environment = ["DATABASE_OWNER_URL": database.endpoints.owner]
    let children = try (1...2).map { _ in try Child(["migrate"], environment: environment) }
    let outputs = children.map { $0.lines() }
    #expect(children.map { $0.status() } == [0, 0], "\(children.map(\.errorText))")
    let applied = outputs.flatMap { $0 }.filter { $0.hasPrefix("applied ") }
    #expect(applied.count == Set(applied).count && applied.count == Migration.embedded.count, "\(outputs)")
    #expect(outputs.contains(["nothing to apply"]), "\(outputs)")
    let status = try run(["migrate", "--status"], environment: environment)
    #expect(status.status == 0, "\(status)")
  }
}
