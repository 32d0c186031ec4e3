import Desk
import Glibc
import JSON

/// Reads the feed from a cursor and hands it to a sink, each event once a run and in order.
///
/// Pages are read until there is no more, then a subscription tells what happens. Whatever ends that, be it a desk that
/// was read too slowly or a session that is over, the feed is read on behind the last event that was handed over.
struct EventFollower {
  /// The filter's members in a call's params, as JSON; empty, or each with a comma behind.
  let filter: String
  let isFollowing: Bool
  let file: CursorFile?
  let diagnostics: Diagnostics
  var cursor: String?
  var sink: any EventSink

  /// Milliseconds without a word after which the feed is asked: a subscription may end unheard.
  private static let silence: Int32 = 60_000
  /// Seconds between two attempts while the desk cannot answer.
  private static let pauses = 1.0...60.0

  /// - Parameter beginning: `now` or `beginning`, where there is no cursor.
  mutating func run(_ client: inout DeskClient, from beginning: String) throws {
    var pause = Self.pauses.lowerBound
    var isOver = false
    while !isOver {
      do {
        if cursor == nil { try begin(&client, from: beginning) }
        try catchUp(&client)
        pause = Self.pauses.lowerBound
        isOver = !isFollowing
        if isFollowing { try follow(&client) }
      } catch let refusal as DeskClient.Refusal {
        guard case .failure(let kind, let reason, let isRetryable, let json) = refusal else { return }
        let isPassing = isRetryable || kind == "session_expired" || reason == "token-unavailable"
        guard isFollowing, isPassing else { throw Refused(json) }
        let seconds = pause * Double.random(in: 0.5...1)
        diagnostics.warn("the desk does not answer (\(kind)); again in \(Int(seconds.rounded(.up))) s")
        poll(nil, 0, Int32(seconds * 1_000))
        pause = min(2 * pause, Self.pauses.upperBound)
      } catch is EndOfReading { return }
    }
  }

  /// Where to begin is kept before anything else: what happens from then on is never lost.
  private mutating func begin(_ client: inout DeskClient, from beginning: String) throws {
    try read(&client, "\"from\":\(Line.quoted(beginning)),\"limit\":100,")
  }

  private mutating func catchUp(_ client: inout DeskClient) throws {
    while let cursor, try read(&client, "\"cursor\":\(Line.quoted(cursor)),\"limit\":100,") {}
  }

  /// Whether there is more.
  @discardableResult private mutating func read(_ client: inout DeskClient, _ members: String) throws -> Bool {
    let line = try client.call(FeedNames.since, "{\((members + filter).dropLast())}")
    guard let page = DeskEventPage(line) else { throw Complaint("the desk's answer is no page of events") }
    try take(page)
    return page.hasMore
  }

  private mutating func take(_ page: DeskEventPage) throws {
    var position = cursor
    let file = file
    defer { cursor = position }
    try sink.take(page.events) {
      position = $0
      try file?.write($0)
    }
    // Behind what the filter left out.
    guard page.cursor != position else { return }
    position = page.cursor
    try file?.write(page.cursor)
  }

  private mutating func follow(_ client: inout DeskClient) throws {
    guard let cursor else { return }
    let line = try client.call(FeedNames.subscribe, "{\(("\"cursor\":\(Line.quoted(cursor))," + filter).dropLast())}")
    guard let handle = Self.handle(in: line) else { throw Complaint("the desk's answer is no subscription") }
    while let notification = try client.notification(within: Self.silence) {
      guard let page = DeskEventPage(notification), page.subscription == handle else { continue }
      if page.method == FeedNames.lagging { return }
      try take(page)
    }
    // Where it has ended unheard, there is nothing to end.
    do throws(DeskClient.Refusal) {
      _ = try client.call(FeedNames.unsubscribe, "{\"subscription\":\(Line.quoted(handle))}")
    } catch {
      if case .ended = error { throw error }
    }
  }

  private static func handle(in line: [UInt8]) -> String? {
    (try? Document(line.span))?.withRoot { root in
      root.member("result") { result in result.member("subscription") { $0.string } ?? nil } ?? nil
    }
  }
}
