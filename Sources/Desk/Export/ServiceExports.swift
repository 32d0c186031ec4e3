import JSON
import Postgres

/// An export that goes on when what it sent has been read.
struct PausedExport {
  let export: Export
  let call: Call
  /// Whether it has asked for another token of the process's own session.
  var hasAsked = false
}

extension Service {
  mutating func begin(_ export: Export, _ call: Call, at now: Moment) throws(Failure) {
    guard call.recipient.id != nil else { throw Failure(.invalidParams, "Parts are told by the request's id.") }
    var export = export
    if case .session(let handle, _) = call.identity { export.session = handle }
    try submit([export.statement], .export(export), call, call.method.cost, at: now)
  }

  /// Sends a page, and goes on: at once, or when the reader has come nearer.
  mutating func send(
    _ page: ExportPage, _ answer: Span<UInt8>, of export: Export, _ pending: Pending, at now: Moment
  ) {
    var export = export
    export.move(behind: page)
    if page.count > 0 { notify(page, items: answer.extracting(page.start...), of: export, pending.recipient) }
    guard page.hasMore else { return self.answer(.json(export.answer), to: pending.recipient) }
    guard let caller = pending.caller else { return }
    let paused = PausedExport(export: export, call: pending.resumed(by: caller))
    if isExportBehind(unwritten) {
      pause(paused)
    } else {
      resume(paused, at: now)
    }
  }

  private mutating func notify(
    _ page: ExportPage, items: Span<UInt8>, of export: Export, _ recipient: Recipient
  ) {
    guard let id = recipient.id else { return }
    output.append(#"{"jsonrpc":"2.0","method":"#)
    output.append(quoting: Notifications.exportPart.name)
    output.append(#","params":{"id":"#)
    output.append(copying: id.span)
    output.append(#","part":"#)
    output.append(export.parts)
    output.append(#","exported":"#)
    output.append(export.exported)
    if let total = export.total {
      output.append(#","total":"#)
      output.append(copying: total)
    }
    output.append(#","cursor":"#)
    output.append(quoting: page.cursor)
    output.append(#","items":"#)
    output.append(copying: items)
    output.append("}}")
    output.end()
  }

  /// Whether more output waits than should before an export adds to it: a few parts, so that the database reads the next
  /// while the reader takes one, and half of what stops everything else.
  private func isExportBehind(_ unwritten: Int) -> Bool {
    unwritten + outputBytes > configuration.description.limits.outputPause / 2
  }

  func mayResumeExports(unwritten: Int) -> Bool {
    !pausedExports.isEmpty && !isExportBehind(unwritten) && pausedExports.values.contains { !isWaiting($0) }
  }

  /// Whether the session of an export is about to have another token.
  private func isWaiting(_ paused: PausedExport) -> Bool {
    paused.export.session.flatMap { sessions[$0]?.waiting } != nil
  }

  mutating func resumeExports(at now: Moment) {
    guard mayResumeExports(unwritten: unwritten) else { return }
    for (number, paused) in pausedExports.sorted(by: { $0.key < $1.key }) where !isWaiting(paused) {
      if let paused = takePausedExport(number) { resume(paused, at: now) }
    }
  }

  private mutating func pause(_ paused: PausedExport) {
    let number = makeTicket()
    pausedExports[number] = paused
    index.add(number, id: paused.call.recipient.id)
  }

  /// Reads the next page with the rights that the session has now.
  private mutating func resume(_ paused: PausedExport, at now: Moment) {
    do throws(Failure) {
      var call = paused.call
      if let handle = paused.export.session {
        guard let session = sessions.use(handle, at: now.seconds) else { throw Failure(.sessionUnknown) }
        if session.waiting != nil { return pause(paused) }
        if !isCurrent(session.identity.caller, at: now), handle == ownSession, !paused.hasAsked {
          sessions[handle]?.waiting = []
          wantsToken = true
          return pause(PausedExport(export: paused.export, call: call, hasAsked: true))
        }
        call = Call(
          method: call.method, identity: .resumed(session.identity.caller), recipient: call.recipient, bytes: call.bytes
        )
      }
      guard let caller = call.identity.caller, isCurrent(caller, at: now) else { throw Failure(.sessionExpired) }
      try submit([paused.export.statement], .export(paused.export), call, call.method.cost, at: now)
    } catch {
      answer(.failure(error), to: paused.call.recipient)
    }
  }

  mutating func takePausedExport(_ number: Int) -> PausedExport? {
    guard let paused = pausedExports.removeValue(forKey: number) else { return nil }
    index.remove(number, id: paused.call.recipient.id)
    return paused
  }

  mutating func abandonExports() {
    for number in pausedExports.keys.sorted() {
      if let paused = takePausedExport(number) { answer(.failure(Failure(.unavailable)), to: paused.call.recipient) }
    }
  }
}
