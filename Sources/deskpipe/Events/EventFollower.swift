import Desk
import Glibc
import JSON

/// Reads the feed from a cursor and hands it to a sink, each event once a run and in order.
///
/// Pages are read until there is no more, then a subscription tells what happens. Whatever ends that, be it a desk that
/// was read too slowly, a session that is over, a database that restarts or the process that serves, the feed is read on
/// behind the last event that was handed over.
struct EventFollower {
  let client: DeskClient
  /// The filter's members in a call's params, as JSON; empty, or each with a comma behind.
  let filter: String
  let isFollowing: Bool
  var file: CursorFile?
  let diagnostics: Diagnostics
  var cursor: String?
  var sink: any EventSink
  private var pause = pauses.lowerBound
  /// Whether the desk has answered: one that never does has no way to.
  private var isBegun = false

  /// Whether the desk has told that the subscription has ended, as nobody was reading.
  private var isLagging = false

  /// Pages that are handed over as one.
  private static let together = 100
  /// Milliseconds without a word after which the feed is asked: a subscription may end unheard.
  private static let silence = 60_000
  /// Seconds between two attempts while the desk cannot answer.
  private static let pauses = 1.0...60.0

  init(
    client: DeskClient, filter: String, isFollowing: Bool, file: CursorFile? = nil, diagnostics: Diagnostics,
    cursor: String?, sink: any EventSink
  ) {
    self.client = client
    self.filter = filter
    self.isFollowing = isFollowing
    self.file = file
    self.diagnostics = diagnostics
    self.cursor = cursor
    self.sink = sink
  }

  /// - Parameter beginning: `now` or `beginning`, where there is no cursor.
  mutating func run(from beginning: String) throws {
    var isOver = false
    while !isOver {
      do {
        if cursor == nil { try begin(from: beginning) }
        try catchUp()
        pause = Self.pauses.lowerBound
        isOver = !isFollowing
        if isFollowing { try follow() }
      } catch let refusal as DeskRefusal {
        try recover(from: refusal)
      } catch is EndOfReading { return }
    }
  }

  /// Waits for another attempt, for which there is another process where one has ended.
  private mutating func recover(from refusal: DeskRefusal) throws {
    let complaint: String
    switch refusal {
    case .failure(let failure) where isFollowing && failure.isPassing:
      complaint = "the desk does not answer (\(failure.kind))"
    case .ended(let code) where isFollowing && isBegun && code != DeskRefusal.faulty: complaint = "the desk has ended"
    case .late where isFollowing && isBegun: complaint = "the desk has not answered in time"
    case .failure, .ended, .late: throw refusal
    }
    let seconds = pause * Double.random(in: 0.5...1)
    diagnostics.warn("\(complaint); again in \(Int(seconds.rounded(.up))) s")
    poll(nil, 0, Int32(seconds * 1_000))
    pause = min(2 * pause, Self.pauses.upperBound)
    if case .failure = refusal { return }
    try client.restart()
  }

  /// Where to begin is kept before anything else: what happens from then on is never lost.
  private mutating func begin(from beginning: String) throws {
    try read("\"from\":\(Line.quoted(beginning)),\"limit\":100,")
  }

  private mutating func catchUp() throws {
    while let cursor, try read("\"cursor\":\(Line.quoted(cursor)),\"limit\":100,") {}
  }

  /// Whether there is more.
  @discardableResult private mutating func read(_ members: String) throws -> Bool {
    let line = try client.call(FeedNames.since, "{\((members + filter).dropLast())}")
    guard let page = DeskEventPage(line) else { throw Complaint("the desk's answer is no page of events") }
    isBegun = true
    try take(page.events, upTo: page.cursor)
    return page.hasMore
  }

  private mutating func take(_ events: [DeskEvent], upTo end: String) throws {
    var position = cursor
    let file = file
    defer { cursor = position }
    try sink.take(events) {
      position = $0
      try file?.write($0)
    }
    // Behind what the filter left out.
    guard end != position else { return }
    position = end
    try file?.write(end)
  }

  private mutating func follow() throws {
    guard let cursor else { return }
    let line = try client.call(FeedNames.subscribe, "{\(("\"cursor\":\(Line.quoted(cursor))," + filter).dropLast())}")
    guard let handle = Self.handle(in: line) else { throw Complaint("the desk's answer is no subscription") }
    while !client.hasDropped, let notification = try client.notification(within: Self.silence) {
      let pages = try coming(behind: notification, of: handle)
      if let last = pages.last { try take(pages.flatMap(\.events), upTo: last.cursor) }
      guard !isLagging else {
        isLagging = false
        return
      }
    }
    client.dropNotifications()
    // Where it has ended unheard, there is nothing to end.
    do throws(DeskRefusal) {
      _ = try client.call(FeedNames.unsubscribe, "{\"subscription\":\(Line.quoted(handle))}")
    } catch {
      guard case .failure = error else { throw error }
    }
  }

  /// The page of a notification and those that have come behind it, as one: a sink that is slower than the feed, such as
  /// a call that is made again, has less to do than pages have come.
  private mutating func coming(behind notification: [UInt8], of handle: String) throws -> [DeskEventPage] {
    var pages: [DeskEventPage] = []
    var next: [UInt8]? = notification
    while let line = next {
      if let page = DeskEventPage(line), page.subscription == handle {
        isLagging = page.method == FeedNames.lagging
        guard !isLagging else { return pages }
        pages.append(page)
      }
      next = pages.count < Self.together ? try client.notification(within: 0) : nil
    }
    return pages
  }

  private static func handle(in line: [UInt8]) -> String? {
    (try? Document(line.span))?.withRoot { root in
      root.member("result") { result in result.member("subscription") { $0.string } ?? nil } ?? nil
    }
  }
}
