import ArgumentParser
import Desk
import Glibc
import Postgres

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes customers in from a file, in parts, and goes on where it stopped.",
    discussion: """
      FILE is NDJSON (one JSON object a line, as customers.import takes them) or CSV with a header: name, email, \
      identities, metadata or metadata.KEY, fields.NAME. Prints one JSON object: how many became what. What is wrong with a row is \
      told on stderr, or in the file named by --errors. Exits 0 where every row was taken, 3 where some were not, 1 where \
      it could not end (--resume goes on), 2 with a faulty configuration, file or command line.
      """)

  enum Subject: String, ExpressibleByArgument, CaseIterable { case customers }

  @Argument(help: "What to import: customers.")
  var subject: Subject

  @Argument(help: "The file; - reads stdin.", completion: .file())
  var file: String

  @Option(help: "ndjson or csv; by the file's name if left out, else ndjson.")
  var format: RowSource.Form?

  @Option(help: "What separates columns: a character, or tab.")
  var separator = ","

  @Option(help: "What becomes of customers who are there: update, skip or error.")
  var onConflict: ConflictRule = .update

  @Option(help: "A file for what is wrong with rows, as NDJSON.", completion: .file())
  var errors: String?

  @Option(help: "Rows in a part, each a transaction: 1 to 5000.")
  var partRows = 1_000

  @Option(help: "Parts under way at once, as long as no customer is in two of them: 1 to 16.")
  var partsAtOnce = 3

  @Option(help: "Where to note how far it is; beside the file if left out.", completion: .file())
  var journal: String?

  @Flag(help: "Go on where the last import of the file stopped.")
  var resume = false

  @Flag(help: "Show no progress on a terminal.")
  var quiet = false

  @Flag(help: "Import into the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func validate() throws {
    guard (1...5_000).contains(partRows) else { throw ValidationError("--part-rows is 1 to 5000") }
    guard (1...16).contains(partsAtOnce) else { throw ValidationError("--parts-at-once is 1 to 16") }
    _ = try separatorByte()
  }

  func run() throws {
    let descriptor = file == "-" ? 0 : unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Complaint("cannot read \(file): \(errorText())", code: 2) }
    let client = try DeskClient(Configuration(flags), demo: demo, at: .finish)
    try client.begin()
    let form = format ?? (file.lowercased().hasSuffix(".csv") ? .csv : .ndjson)
    let types = form == .csv ? try FieldTypes.read(client) : [:]
    let source = RowSource(descriptor, as: form, separator: try separatorByte(), types: types)
    var run = try ImportRun(
      source, client,
      ImportRun.Options(onConflict: onConflict.rawValue, partRows: partRows, partsAtOnce: partsAtOnce),
      size: Self.size(of: descriptor), journal: notes.map(Journal.init(path:)),
      report: ImportReport(path: errors, isContinued: resume),
      progress: ProgressLine(isQuiet: quiet))
    if resume { try run.takeUp() } else { try run.refuseToForget() }
    try run.finish()
    writeAll(run.totals.json + "\n", to: Wire.output)
    if run.totals.failed > 0 { throw ExitCode(3) }
  }

  private var notes: String? { journal ?? (file == "-" ? nil : file + ".deskpipe-import") }

  private func separatorByte() throws -> UInt8 {
    if separator == "tab" { return 0x09 }
    guard separator.utf8.count == 1, let byte = separator.utf8.first, byte != UInt8(ascii: "\"") else {
      throw ValidationError("--separator is one ASCII character, or tab")
    }
    return byte
  }

  private static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }
}

extension RowSource.Form: ExpressibleByArgument {}

enum ConflictRule: String, ExpressibleByArgument, CaseIterable { case update, skip, error }
