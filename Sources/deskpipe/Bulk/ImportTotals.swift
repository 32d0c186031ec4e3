import JSON

/// What became of the rows of an import so far.
struct ImportTotals {
  var rows = 0
  private(set) var created = 0
  private(set) var updated = 0
  private(set) var unchanged = 0
  private(set) var skipped = 0
  var failed = 0

  init() {}

  /// As they were noted.
  init(_ numbers: [String: Int]) {
    rows = numbers["rows"] ?? 0
    created = numbers["created"] ?? 0
    updated = numbers["updated"] ?? 0
    unchanged = numbers["unchanged"] ?? 0
    skipped = numbers["skipped"] ?? 0
    failed = numbers["failed"] ?? 0
  }

  /// Adds what the answer to a part tells; how many rows it had is counted by whoever sent it.
  mutating func add(_ result: borrowing Value) {
    created += (result.member("created") { $0.integer } ?? nil) ?? 0
    updated += (result.member("updated") { $0.integer } ?? nil) ?? 0
    unchanged += (result.member("unchanged") { $0.integer } ?? nil) ?? 0
    skipped += (result.member("skipped") { $0.integer } ?? nil) ?? 0
    failed += (result.member("failed") { $0.integer } ?? nil) ?? 0
  }

  var numbers: [String: Int] {
    [
      "rows": rows, "created": created, "updated": updated, "unchanged": unchanged, "skipped": skipped,
      "failed": failed,
    ]
  }

  var json: String {
    "{\"rows\": \(rows), \"created\": \(created), \"updated\": \(updated), \"unchanged\": \(unchanged), "
      + "\"skipped\": \(skipped), \"failed\": \(failed)}"
  }
}
