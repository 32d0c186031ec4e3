import CPostgres

/// Owns one `PGresult`; nothing else calls `PQclear`.
///
/// A class, since the answers of jobs that share a transaction wait in a list for its end.
@safe final class Reply {
  let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { unsafe PQclear(pointer) }

  var status: ExecStatusType { unsafe PQresultStatus(pointer) }
  var rows: Int { unsafe Int(PQntuples(pointer)) }
  var columns: Int { unsafe Int(PQnfields(pointer)) }

  func isNull(row: Int, column: Int) -> Bool { unsafe PQgetisnull(pointer, Int32(row), Int32(column)) == 1 }

  /// The row whose second column is `key`.
  func row(of key: String) -> Int? {
    var key = key
    return key.withUTF8 { key in
      (0..<rows).first { row in unsafe withBytes(row: row, column: 1) { unsafe $0.elementsEqual(key) } }
    }
  }

  /// The field as text; nil for NULL.
  func text(row: Int, column: Int) -> String? {
    guard !isNull(row: row, column: column) else { return nil }
    return unsafe withBytes(row: row, column: column) { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Lends the bytes of a field; empty for NULL.
  func withBytes<R>(row: Int, column: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let start = unsafe PQgetvalue(pointer, Int32(row), Int32(column))
    let count = unsafe Int(PQgetlength(pointer, Int32(row), Int32(column)))
    return unsafe body(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// One field of the server's error; nil where it sent none (a broken connection has only a message).
  func errorField(_ code: Character) -> String? {
    guard let value = unsafe PQresultErrorField(pointer, Int32(code.asciiValue ?? 0)) else { return nil }
    return unsafe String(cString: value)
  }
}
