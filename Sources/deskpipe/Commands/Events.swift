import ArgumentParser
import Desk
import Fetch
import JSON
import Postgres

struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what happened at the desk, one event a line, or posts it to a webhook.",
    discussion: """
      Each event is one JSON object, as events.since answers it; its id is a cursor, too. Posts are signed as Standard \
      Webhooks says, with the secret in DESKPIPE_EVENTS_WEBHOOK_SECRET or in the file of settings. Every event is \
      delivered at least once, in order; the cursor is kept after each.
      """)

  enum Beginning: String, CaseIterable, ExpressibleByArgument {
    case now, beginning
  }

  @Flag(name: .shortAndLong, help: "Go on with what happens.")
  var follow = false

  @Option(help: "Where to begin: now (the default with --follow) or beginning (without).")
  var from: Beginning?

  @Option(help: "Begin behind this: a cursor, or the id of the last event that was seen.")
  var cursor: String?

  @Option(help: "A file that keeps the cursor; where it is there, it says where to go on.", completion: .file())
  var cursorFile: String?

  @Option(help: "Only these, separated by commas: kinds of objects (ticket) or types (ticket.created).")
  var types: String?

  @Option(help: "Only what happens to the ticket with this id and to its messages.")
  var ticket: String?

  @Option(help: "Post each event to this address: https://, or http:// and this machine. Needs --cursor-file.")
  var webhook: String?

  @Option(help: "Certificates, as PEM, to trust for that address instead of the system's.", completion: .file())
  var webhookCa: String?

  @Flag(help: "Follow the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let configuration = try Configuration(flags)
    try check()
    let diagnostics = Diagnostics(level: try configuration.logLevel())
    let sink = try sink(configuration, diagnostics)
    let file = try cursorFile.map(CursorFile.init(locking:))
    let start = try file?.read() ?? cursor
    let beginning = (from ?? (follow ? .now : .beginning)).rawValue
    let client = try DeskClient(configuration, demo: demo, at: .end)
    var follower = EventFollower(
      client: client, filter: filter, isFollowing: follow, file: file, diagnostics: diagnostics, cursor: start,
      sink: sink)
    try DeskRefusal.shown { try follower.run(from: beginning) }
  }

  private func check() throws {
    guard cursor == nil || from == nil else {
      throw ConfigurationError("--cursor says already where to begin; --from is too much")
    }
    guard let webhook else { return }
    guard Poster.accepts(webhook) else {
      throw ConfigurationError(
        "--webhook must be an https:// address without a name and a password, or http:// and this machine")
    }
    guard cursorFile != nil else {
      throw ConfigurationError("--webhook needs --cursor-file, which keeps what was delivered")
    }
    // Else it would be tried again forever.
    if let webhookCa, readFile(webhookCa) == nil {
      throw ConfigurationError("--webhook-ca names \(webhookCa), which cannot be read: \(errorText())")
    }
  }

  private func sink(_ configuration: Configuration, _ diagnostics: Diagnostics) throws -> any EventSink {
    guard let webhook else { return LineSink() }
    let signer = try configuration.webhookSigner()
    return WebhookSink(address: webhook, authorities: webhookCa, signer: signer, diagnostics: diagnostics)
  }

  /// As members of a call's params, each with a comma behind.
  private var filter: String {
    let words = (types ?? "").split(separator: ",").map { Line.quoted($0.trimmingSpaces()) }
    return (words.isEmpty ? "" : "\"types\":[\(words.joined(separator: ","))],")
      + (ticket.map { "\"ticket_id\":\(Line.quoted($0))," } ?? "")
  }
}
