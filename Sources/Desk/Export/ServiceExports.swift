import JSON
import Postgres

/// An export that somebody waits for.
struct OngoingExport {
  var export: Export
  let call: Call
  /// The session whose rights it reads with, as they are then; nil where the call carries a token.
  let session: String?
  /// Who called, where that one carries a token.
  let caller: Caller?
  /// Whether it has asked for another token of the process's own session since it read last.
  var hasAsked = false
  /// What the database is asked for, by ticket.
  var tickets: Set<Int> = []
}

extension Service {
  mutating func begin(_ export: Export, _ call: Call, at now: Moment) throws(Failure) {
    guard call.recipient.id != nil else { throw Failure(.invalidParams, "Parts are told by the request's id.") }
    var session: String?
    if case .session(let handle, _) = call.identity { session = handle }
    let number = makeTicket()
    exports[number] = OngoingExport(export: export, call: call, session: session, caller: call.identity.caller)
    index.add(number, id: call.recipient.id)
    waitingBytes += call.bytes
    advance(number, at: now)
  }

  /// Takes what was asked for, tells what is there in its order, and goes on.
  mutating func take(
    _ found: consuming Answer?, _ step: ExportQueue.Step, of number: Int, _ ticket: Int, at now: Moment
  ) {
    guard exports[number] != nil else { return }
    exports[number]?.tickets.remove(ticket)
    switch step {
    case .look:
      guard let text = found?.text else { return end(number, .failure(Failure(.internalError))) }
      exports[number]?.export.found(ExportRanges(text))
    case .read(let reading, let range):
      let limit = exports[number]?.export.params.partBytes ?? 0
      let page = if let found { ExportPage(found, of: range, bytes: limit) } else { ExportPage.empty }
      exports[number]?.export.queue.take(page, of: reading)
      while let page = exports[number]?.export.tell() { if page.count > 0 { tell(page, of: number) } }
    }
    if let export = exports[number]?.export, export.queue.isDone {
      end(number, .json(export.answer))
    } else {
      advance(number, at: now)
    }
  }

  private mutating func tell(_ page: ExportPage, of number: Int) {
    guard let ongoing = exports[number], let id = ongoing.call.recipient.id else { return }
    output.append(#"{"jsonrpc":"2.0","method":"#)
    output.append(quoting: Notifications.exportPart.name)
    output.append(#","params":{"id":"#)
    output.append(copying: id.span)
    output.append(#","part":"#)
    output.append(ongoing.export.parts)
    output.append(#","exported":"#)
    output.append(ongoing.export.exported)
    if let total = ongoing.export.total {
      output.append(#","total":"#)
      output.append(copying: total)
    }
    output.append(#","cursor":"#)
    output.append(quoting: ongoing.export.cursor(behind: page))
    output.append(#","items":"#)
    output.append(copying: page.items.span)
    output.append("}}")
    output.end()
  }

  /// Asks for what is to be read next, unless the reader is behind or the session is about to have another token.
  private mutating func advance(_ number: Int, at now: Moment) {
    while let ongoing = exports[number], mayGoOn(ongoing), let step = ongoing.export.queue.step {
      do throws(Failure) {
        guard let caller = try reader(for: number, at: now) else { return }
        let call = Call(method: ongoing.call.method, identity: .resumed(caller), recipient: .unheard, bytes: 0)
        let statements = ongoing.export.statements(for: step)
        let ticket = try submit(
          statements, answer: statements.count - 1, .export(number, step), call, call.method.cost, at: now)
        exports[number]?.tickets.insert(ticket)
        exports[number]?.export.queue.ask(step)
        exports[number]?.hasAsked = false
      } catch {
        return end(number, .failure(error))
      }
    }
  }

  /// Whose rights it reads with now; nil where another token has to come first.
  private mutating func reader(for number: Int, at now: Moment) throws(Failure) -> Caller? {
    guard let ongoing = exports[number] else { return nil }
    var caller = ongoing.caller
    if let handle = ongoing.session {
      guard let session = sessions.use(handle, at: now.seconds) else { throw Failure(.sessionUnknown) }
      caller = session.identity.caller
      if !isCurrent(session.identity.caller, at: now), handle == ownSession, !ongoing.hasAsked {
        sessions[handle]?.waiting = []
        wantsToken = true
        exports[number]?.hasAsked = true
        return nil
      }
    }
    guard let caller, isCurrent(caller, at: now) else { throw Failure(.sessionExpired) }
    return caller
  }

  /// Ends an export, once: what is still asked for is taken back.
  mutating func end(_ number: Int, _ response: Response) {
    guard let ongoing = exports.removeValue(forKey: number) else { return }
    index.remove(number, id: ongoing.call.recipient.id)
    waitingBytes -= ongoing.call.bytes
    cancellations += ongoing.tickets.sorted()
    answer(response, to: ongoing.call.recipient)
  }

  /// Whether more output waits than should before an export adds to it: a few parts, so that the database reads the next
  /// while the reader takes one, and half of what stops everything else.
  private func isExportBehind(_ unwritten: Int) -> Bool {
    unwritten + outputBytes > configuration.description.limits.outputPause / 2
  }

  private func mayGoOn(_ ongoing: OngoingExport) -> Bool { !isExportBehind(unwritten) && !isWaiting(ongoing) }

  /// Whether the session of an export is about to have another token.
  private func isWaiting(_ ongoing: OngoingExport) -> Bool {
    ongoing.session.flatMap { sessions[$0]?.waiting } != nil
  }

  func mayResumeExports(unwritten: Int) -> Bool {
    !exports.isEmpty && !isExportBehind(unwritten)
      && exports.values.contains { $0.export.queue.step != nil && !isWaiting($0) }
  }

  mutating func resumeExports(at now: Moment) {
    guard mayResumeExports(unwritten: unwritten) else { return }
    for number in exports.keys.sorted() { advance(number, at: now) }
  }

  mutating func abandonExports() {
    for number in exports.keys.sorted() { end(number, .failure(Failure(.unavailable))) }
  }
}
