import ArgumentParser
import Desk
import Glibc
import Postgres

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes all customers or tickets to a file, and goes on where it stopped.",
    discussion: """
      NDJSON has one JSON object a line, as customers.get or tickets.get shows it; CSV has a header, and what it shows of \
      customers can be imported again. Exits 0 where all is written, 1 where it could not end (--resume goes on), 2 with a \
      faulty configuration, file or command line.
      """)

  enum Subject: String, ExpressibleByArgument, CaseIterable { case customers, tickets }

  @Argument(help: "What to export: customers or tickets.")
  var subject: Subject

  @Argument(help: "The file, which must not be there yet; - writes to stdout.", completion: .file())
  var file = "-"

  @Option(help: "ndjson or csv; by the file's name if left out, else ndjson.")
  var format: RowSource.Form?

  @Flag(help: "In CSV, put ' before what a spreadsheet would take for a formula.")
  var spreadsheetSafe = false

  @Flag(help: "Export what is deleted as well; for admins.")
  var includeDeleted = false

  @Flag(help: "Go on where the last export to the file stopped.")
  var resume = false

  @Flag(help: "Show no progress on a terminal.")
  var quiet = false

  @Flag(help: "Export the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let journal = file == "-" ? nil : Journal(path: file + ".deskpipe-export")
    guard !resume || journal != nil else { throw Complaint("--resume needs a file", code: 2) }
    let noted = resume ? try journal?.read() : nil
    guard !resume || noted != nil else { throw Complaint("there is nothing to resume for \(file)", code: 2) }
    let client = try DeskClient(Configuration(flags), demo: demo, at: .kill)
    try client.begin()
    let form = format ?? (file.lowercased().hasSuffix(".csv") ? .csv : .ndjson)
    let writer: any ItemWriter =
      form == .ndjson
      ? LinesWriter()
      : CSVWriter(
        subject == .customers ? CSVWriter.customers(try FieldTypes.list(client).map(\.name)) : CSVWriter.tickets,
        isSpreadsheetSafe: spreadsheetSafe)
    let descriptor = try open(at: noted?.numbers["bytes"])
    var run = ExportRun(
      client, method: subject.rawValue + ".export", writer: writer, descriptor: descriptor, journal: journal,
      includesDeleted: includeDeleted, progress: ProgressLine(isQuiet: quiet || file == "-"))
    try run.finish(from: noted)
  }

  /// The file to write to: a new one, or the one that is gone on with, cut where the last part ended that was noted.
  private func open(at bytes: Int?) throws -> Int32 {
    if file == "-" { return Wire.output }
    let isNew = bytes == nil
    let descriptor = unsafe Glibc.open(file, O_WRONLY | O_CLOEXEC | (isNew ? O_CREAT | O_EXCL : 0), 0o600)
    guard descriptor >= 0 else { throw Complaint("cannot write \(file): \(errorText())", code: 2) }
    if let bytes {
      guard lseek(descriptor, 0, SEEK_END) >= bytes else {
        throw Complaint("\(file) is shorter than it was", code: 2)
      }
      guard ftruncate(descriptor, bytes) == 0, lseek(descriptor, bytes, SEEK_SET) == bytes else {
        throw Complaint("cannot go on with \(file): \(errorText())", code: 2)
      }
    }
    return descriptor
  }
}
