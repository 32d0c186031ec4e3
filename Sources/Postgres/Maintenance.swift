/// What a desk does by itself, with time: called from outside, by `deskpipe maintain` or who serves a private database.
///
/// Each duty is a function of the database that does at most so many things and answers how many it did. It is called in
/// transactions of its own until nothing is left, under a lock that lets one runner work at a time; whoever comes
/// meanwhile leaves it to the other. Doing it all again right away does nothing.
public struct Maintenance: Sendable {
  /// What a run did.
  public struct Report: Sendable, Equatable {
    /// How many of each kind, in the order of the duties.
    public var done: [(duty: String, count: Int)]
    /// What failed, and what the server said. The other duties are done all the same.
    public var failures: [(duty: String, message: String)]
    /// Somebody else was at it, and goes on.
    public var isBusy: Bool

    public static func == (one: Report, other: Report) -> Bool {
      one.isBusy == other.isBusy && one.done.elementsEqual(other.done, by: ==)
        && one.failures.elementsEqual(other.failures, by: ==)
    }

    /// One JSON object.
    public var json: String {
      let counts = done.map { "\"\($0.duty)\": \($0.count)" }
      let failed = failures.map { "\"\($0.duty)\"" }.joined(separator: ", ")
      return "{" + (counts + ["\"failed\": [\(failed)]", "\"busy\": \(isBusy)"]).joined(separator: ", ") + "}"
    }
  }

  /// A function of the database; one that is not there, since another part of the desk brings it, is left out.
  private struct Duty {
    let name: String
    let function: String
    /// As many as one transaction does; nil for a function that does all there is at once.
    let batch: Int?
  }

  private static let duties = [
    Duty(name: "closed", function: "desk.close_solved(integer)", batch: 200),
    Duty(name: "woken", function: "desk.wake_snoozed(integer)", batch: 200),
    Duty(name: "viewers", function: "desk.expire_viewers(integer)", batch: 1_000),
    Duty(name: "idempotency_keys", function: "desk.expire_idempotency_keys(integer)", batch: 1_000),
    Duty(name: "sealed", function: "desk.seal_audit(integer)", batch: 1_000),
    Duty(name: "purged", function: "desk.purge_deleted(integer)", batch: 100),
    Duty(name: "reindexed", function: "desk.reindex_search(integer)", batch: 1_000),
    Duty(name: "clerk_events", function: "desk.forget_clerk_events(interval)", batch: nil),
  ]

  public init() {}

  /// Does what is due.
  ///
  /// - Parameter session: of the maintenance login; blocks.
  public func run(_ session: Session) -> Report {
    var report = Report(done: [], failures: [], isBusy: false)
    for duty in Self.duties where !report.isBusy {
      do throws(ServerError) {
        guard try session.value("select to_regprocedure($1)", [duty.function]) != nil else { continue }
        let count = try Self.perform(duty, session)
        report.isBusy = count == nil
        report.done.append((duty.name, count ?? 0))
      } catch { report.failures.append((duty.name, error.message)) }
    }
    return report
  }

  /// How many things were done; nil where another runner holds the lock.
  private static func perform(_ duty: Duty, _ session: Session) throws(ServerError) -> Int? {
    let name = duty.function.prefix { $0 != "(" }
    let call = "\(name)(\(duty.batch.map(String.init) ?? ""))"
    var total = 0
    while true {
      // One statement is one transaction, and the lock is held until its end.
      let answer = try session.value("select case when desk.begin_maintenance() then \(call) end")
      guard let count = answer.flatMap({ Int($0) }) else { return nil }
      total += count
      if count == 0 || duty.batch == nil { return total }
    }
  }
}
