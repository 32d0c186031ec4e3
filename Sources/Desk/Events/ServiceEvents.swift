import JSON
import Postgres
import Token

extension Service {
  mutating func run(_ command: EventsCommand, _ call: Call, at now: Moment) throws(Failure) {
    guard case .session(let session, _) = call.identity else {
      throw Failure(.unauthenticated, "A subscription belongs to a session, and this call carries a token.")
    }
    switch command {
    case .subscribe(let wish):
      try admitSubscription(of: session)
      let start = EventPage.start(wish.cursor?.epoch, wish.cursor.map { String($0.transaction) } ?? "0")
      try submit([start], .subscribe(wish, session: session), call, .point, at: now)
    case .unsubscribe(let handle):
      guard let subscription = subscriptions[handle], subscription.session == session else {
        throw .notFound("subscription", at: "/subscription")
      }
      subscriptions[handle] = nil
      answer(.json("{\"unsubscribed\":true}"), to: call.recipient)
    }
  }

  private func admitSubscription(of session: String) throws(Failure) {
    let limits = configuration.description.limits
    guard subscriptions.count < limits.subscriptions,
      subscriptions.count(of: session) < limits.subscriptionsOfSession
    else { throw Failure(.subscriptionLimit) }
  }

  /// Makes a subscription that was asked for, now that the database has said where it begins.
  mutating func subscribe(
    _ wish: EventsCommand.Subscribing, session: String, from start: String, for recipient: Recipient
  ) throws(Failure) {
    guard sessions[session] != nil else { throw Failure(.sessionUnknown) }
    try admitSubscription(of: session)
    let cursor = if let cursor = wish.cursor { cursor } else { try EventCursor(start) }
    let handle = Random.handle()
    subscriptions[handle] = Subscriptions.Subscription(
      session: session, request: recipient.id, filter: wish.filter, cursor: cursor, isBehind: wish.cursor != nil)
    if wish.cursor != nil { subscriptions.isWoken = true }
    answer(
      .json("{\"subscription\":\(Line.quoted(handle)),\"cursor\":\(Line.quoted(cursor.text))}"), to: recipient)
  }

  /// Something may have happened: looks at the next opportunity instead of at the end of a second.
  public mutating func wake() { subscriptions.isWoken = true }

  /// Whether anybody wants to know what happens.
  public var hasSubscriptions: Bool { subscriptions.count > 0 }

  /// When something is due for subscriptions, in nanoseconds of the monotonic clock; nil where nothing is.
  public var nextEvent: UInt64? {
    switch (subscriptions.nextLook, hasWritten ? nextNotice : nil) {
    case (let look?, let notice?): min(look, notice)
    case (let look, let notice): look ?? notice
    }
  }

  /// Notes that a write of this process has been committed.
  mutating func noteWrite() {
    hasWritten = true
    subscriptions.isWoken = true
  }

  /// Looks for news where it is time to, and tells other processes of writes, ten times a second at most.
  mutating func tickEvents(at now: Moment) {
    if hasWritten, now.monotonic >= nextNotice {
      hasWritten = false
      nextNotice = now.monotonic + 100_000_000
      submit(.notice, Segment([EventJob.noticeQuery()]), .point, at: now)
    }
    guard let next = subscriptions.nextLook, now.monotonic >= next else { return }
    let sessions = sessions
    subscriptions.end { sessions[$0.session] == nil }
    let positions = livePositions(at: now)
    subscriptions.beginLook(at: now.monotonic)
    guard !positions.isEmpty else {
      subscriptions.isLooking = false
      return
    }
    let organizations = positions.map(\.key)
    let transactions = organizations.map { String(positions[$0] ?? 0) }
    let news = EventJob.newsQuery(
      "{\(organizations.joined(separator: ","))}", "{\(transactions.joined(separator: ","))}")
    let context = Context.identity(String(Cost.point.milliseconds), EventsSubscribe.name)
    submit(.news, Segment([context, news]), .point, at: now)
  }

  /// For each organization from where on something would be news to somebody.
  private mutating func livePositions(at now: Moment) -> [String: UInt64] {
    var positions: [String: UInt64] = [:]
    for (_, subscription) in subscriptions.all where !subscription.isReading {
      guard let caller = reader(of: subscription, at: now) else { continue }
      let known = positions[caller.organization] ?? .max
      positions[caller.organization] = min(known, subscription.cursor.transaction)
    }
    return positions
  }

  /// With whose rights a subscription reads; nil while its session's token has expired. A token for the process's own
  /// session is asked for then.
  private mutating func reader(of subscription: Subscriptions.Subscription, at now: Moment) -> Caller? {
    let handle = subscription.session
    guard let session = sessions[handle] else { return nil }
    if isCurrent(session.identity.caller, at: now) { return session.identity.caller }
    if handle == ownSession, session.waiting == nil {
      sessions[handle]?.waiting = []
      wantsToken = true
    }
    return nil
  }

  private mutating func submit(_ job: EventJob, _ segment: Segment, _ lane: Job.Lane, at now: Moment) {
    let ticket = makeTicket()
    eventJobs[ticket] = job
    jobs.append(
      Job(
        ticket: ticket, segment: segment, lane: lane, isRead: true,
        timeLimit: UInt64(Cost.page.milliseconds) * 1_000_000, deadline: .max))
  }

  /// Takes the end of a job for subscriptions. What failed is tried again with the next look.
  mutating func finish(_ job: EventJob, _ outcome: consuming Outcome, at now: Moment) {
    var text: String?
    var isRefused = false
    switch consume outcome {
    case .answered(let answer): text = answer?.text
    case .failed(let error):
      isRefused = error.state == "DK410"
      if !isRefused, Failure(error, isRead: true).kind == .internalError {
        notes.append("events: SQLSTATE \(error.state)")
      }
    default: break
    }
    switch job {
    case .notice: break
    case .news:
      subscriptions.isLooking = false
      if let text { follow(news: text, at: now) }
    case .page(let handles):
      for handle in handles { subscriptions[handle]?.isReading = false }
      if let text {
        send(page: text, to: handles, at: now)
      } else if isRefused {
        // The database is another one: nothing can be read on from there.
        for handle in handles { endAsLagging(handle) }
      }
    }
  }

  /// Reads a page for each group of subscriptions that has news.
  private mutating func follow(news: String, at now: Moment) {
    let words = news.split(separator: " ")
    guard let first = words.first, let horizon = UInt64(first) else { return }
    let organizations = Set(words.dropFirst().map(String.init))
    var groups: [Subscriptions.Group: [String]] = [:]
    for (handle, subscription) in subscriptions.all where !subscription.isReading {
      guard let caller = reader(of: subscription, at: now), subscription.cursor.transaction <= horizon else { continue }
      guard organizations.contains(caller.organization) else {
        subscriptions.skip(handle, to: horizon)
        continue
      }
      // Whoever is behind is waited for. Nothing piles up for them: it stays where it is, in the database.
      if isReaderSlow {
        if !subscription.isBehind { endAsLagging(handle) }
        continue
      }
      let group = Subscriptions.Group(
        organization: caller.organization, role: caller.role, filter: subscription.filter, cursor: subscription.cursor)
      groups[group, default: []].append(handle)
    }
    for (group, handles) in groups {
      guard let subscription = subscriptions[handles[0]], let caller = reader(of: subscription, at: now) else {
        continue
      }
      for handle in handles { subscriptions[handle]?.isReading = true }
      let context = Context.statement(reading: caller, .page)
      let page = EventPage.statement(
        behind: group.cursor, group.filter, limit: Page.limits.upperBound, below: horizon)
      submit(.page(handles), Segment([context, page]), Cost.page.lane, at: now)
    }
  }

  /// Whether more output waits than should before events add to it.
  private var isReaderSlow: Bool { unwritten + outputBytes > configuration.description.limits.eventPause }

  private mutating func send(page: String, to handles: [String], at now: Moment) {
    guard let cursor = EventPage.cursor(of: page) else { return }
    let hasMore = page.hasSuffix("true}")
    for handle in handles {
      // Nothing is sent while the token has expired, also where it did so while the page was read.
      guard let subscription = subscriptions[handle], reader(of: subscription, at: now) != nil else { continue }
      if !page.hasPrefix("{\"items\": []") {
        if isReaderSlow {
          if !subscription.isBehind { endAsLagging(handle) }
          continue
        }
        notify(Notifications.events, handle, rest: page)
        _ = sessions.use(subscription.session, at: now.seconds)
      }
      subscriptions[handle]?.cursor = cursor
      subscriptions[handle]?.isBehind = hasMore
    }
    if hasMore { subscriptions.isWoken = true }
  }

  /// Tells whoever reads too slowly where to go on, and ends the subscription: what happens meanwhile is in the
  /// database, and need not be kept here as well.
  private mutating func endAsLagging(_ handle: String) {
    guard let subscription = subscriptions[handle] else { return }
    subscriptions[handle] = nil
    notify(Notifications.eventsLagging, handle, rest: "{\"cursor\":\(Line.quoted(subscription.cursor.text))}")
  }

  /// - Parameter rest: an object with the members that come after the handle.
  private mutating func notify(_ notification: Notification, _ handle: String, rest: String) {
    output.append(#"{"jsonrpc":"2.0","method":"#)
    output.append(quoting: notification.name)
    output.append(#","params":{"subscription":"#)
    output.append(quoting: handle)
    output.append(",")
    output.append(copying: String(rest.dropFirst()))
    output.append("}")
    output.end()
  }
}
