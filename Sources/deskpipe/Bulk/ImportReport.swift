import Glibc
import JSON
import Postgres

/// What was wrong with rows: one JSON object a line in a file, or one sentence a line on stderr.
///
/// Rows are counted from 1, as they come in the file; a header is none.
final class ImportReport {
  private let descriptor: Int32
  private let isFile: Bool
  private var waiting: [(row: Int, line: String)] = []

  /// - Parameter isContinued: whether what is in the file stays.
  init(path: String?, isContinued: Bool) throws {
    isFile = path != nil
    guard let path else {
      descriptor = 2
      return
    }
    let mode = isContinued ? O_APPEND : O_TRUNC
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o600)
    guard descriptor >= 0 else { throw Complaint("cannot write \(path): \(errorText())", code: 2) }
  }

  deinit { if isFile { close(descriptor) } }

  func add(row: Int, kind: String, path: String, message: String) {
    let line =
      isFile
      ? "{\"row\":\(row),\"kind\":\(Line.quoted(kind)),\"path\":\(Line.quoted(path)),\"message\":\(Line.quoted(message))}"
      : "row \(row)\(path.isEmpty ? "" : ", " + path.dropFirst()): \(message)"
    waiting.append((row, line))
  }

  /// One of the errors that answer a part.
  func add(_ error: borrowing Value, of part: ImportPart) {
    guard let index = error.member("row", { $0.integer }) ?? nil, part.rows.indices.contains(index) else { return }
    let path = (error.member("path") { $0.string } ?? nil) ?? ""
    add(
      row: part.rows[index], kind: (error.member("kind") { $0.string } ?? nil) ?? "",
      path: String(path.dropFirst("/rows/\(index)".count)),
      message: (error.member("message") { $0.string } ?? nil) ?? "")
  }

  /// Writes what has been added, in the order of the rows, but nothing of rows behind `last`.
  func flush(upTo last: Int) throws {
    let lines = waiting.filter { $0.row <= last }.sorted { $0.row < $1.row }.map { $0.line + "\n" }.joined()
    waiting.removeAll { $0.row <= last }
    guard write(Array(lines.utf8), to: descriptor) || !isFile else {
      throw Complaint("cannot write what was wrong with rows: \(errorText())")
    }
  }
}
