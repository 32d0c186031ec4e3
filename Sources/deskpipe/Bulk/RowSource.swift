import Desk
import Glibc
import JSON
import Postgres

/// The rows of a file or of stdin, read as they are needed: never more than a piece of it is in memory.
final class RowSource {
  enum Form: String, CaseIterable { case ndjson, csv }

  private let descriptor: Int32
  private let form: Form
  private var chunk = [UInt8](repeating: 0, count: 128 * 1024)
  private var csv: CSVReader
  private var lines = LineFramer(limit: 1 << 20)
  private var columns: CSVColumns?
  private let types: [String: String]
  private let scanner = Scanner(rawMembers: [])
  private var waiting: [Result<[UInt8], RowFault>] = []
  private var next = 0
  private var isOver = false
  private var isFirst = true
  private var complaint: (any Error)?
  /// Bytes that were read.
  private(set) var position = 0

  init(_ descriptor: Int32, as form: Form, separator: UInt8, types: [String: String]) {
    self.descriptor = descriptor
    self.form = form
    self.types = types
    csv = CSVReader(separator: separator)
  }

  /// The next row as a JSON object, or what is wrong with it; nil after the last.
  func row() throws -> Result<[UInt8], RowFault>? {
    while next == waiting.count {
      if let complaint { throw complaint }
      guard !isOver else { return nil }
      waiting.removeAll(keepingCapacity: true)
      next = 0
      try fill()
    }
    next += 1
    return waiting[next - 1]
  }

  private func fill() throws {
    let count = unsafe read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { return }
    guard count >= 0 else { throw Complaint("cannot read: \(errorText())") }
    position += count
    isOver = count == 0
    switch form {
    case .csv:
      if isOver { csv.finish(take) } else { csv.append(chunk[0..<count], take) }
    case .ndjson:
      if isOver {
        lines.finish(take)
      } else {
        // Lent while rows are taken, which is an access to all of this object.
        let bytes = chunk
        lines.append(bytes.span.extracting(0..<count), take)
      }
    }
  }

  private func take(_ record: CSVReader.Record) {
    guard complaint == nil else { return }
    switch record {
    case .faulty(let message): waiting.append(.failure(RowFault(message)))
    case .fields(let fields):
      if let columns { return waiting.append(columns.row(fields)) }
      do { columns = try CSVColumns(header: fields, types: types) } catch { complaint = error }
    }
  }

  private func take(_ frame: LineFramer.Frame) {
    guard case .line(var line) = frame else { return waiting.append(.failure(RowFault("longer than 1048576 bytes"))) }
    if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return }
    if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    isFirst = false
    do throws(SyntaxError) {
      let scan = try scanner.scan(&line)
      guard !scan.isBatch, !scan.elements[0].isTooDeep else {
        return waiting.append(.failure(RowFault("is no object")))
      }
      waiting.append(.success(line))
    } catch {
      waiting.append(.failure(RowFault("is not JSON at byte \(error.position)")))
    }
  }
}
