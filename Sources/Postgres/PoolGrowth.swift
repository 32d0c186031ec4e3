/// How a pool comes to its connections.
extension Pool {
  func grow(now: UInt64) {
    // Until the first one has found what it requires, it is alone.
    let limit = migrator == nil ? limits.connections + (needsSpare ? 1 : 0) : 1
    let waiting = backlogs.count - (isGatheringPoints && answersPoints(now: now) ? backlogs[.point].count : 0)
    guard waiting > opening, connections.count + opening < limit, growth.allows(now) else { return }
    open()
  }

  /// Whether a connection is at point reads no longer than they take, so that those that wait need no other one.
  private func answersPoints(now: UInt64) -> Bool {
    connections.contains { servesPoints($0) && now.since($0.firstSince) < 50_000_000 }
  }

  /// Whether point reads wait while every connection serves something longer, or one was refused and may be there now.
  private var needsSpare: Bool {
    guard limits.connections > 1 else { return false }
    return growth.isFailing || (backlogs[.point].count > 0 && !connections.contains(where: servesPoints))
  }

  /// Takes the first connection, which is being opened before anybody asks for it, so that the first call need not wait for
  /// all of it.
  public func begin(with first: FirstConnection) {
    precondition(first.pool == nil, "it serves one pool")
    opening += 1
    first.pool = self
  }

  /// Whether it is not known yet what the first connection finds.
  public var isBeginning: Bool { migrator != nil && opening > 0 }

  /// Takes what the first connection found.
  public func takeFinding() -> Finding {
    defer { finding = .none }
    return finding
  }

  private func open() {
    opening += 1
    let (connector, migrator) = (connector, migrator)
    courier.send {
      guard let migrator else {
        let result = connector.open()
        return { [weak self] in self?.opened(result, now: Clock.now) }
      }
      let (result, finding) = connector.open(requiring: migrator)
      return { [weak self] in self?.begun(result, finding) }
    }
  }

  func begun(_ result: Swift.Result<Handle, ServerError>, _ finding: Finding) {
    self.finding = finding
    switch result {
    case .success: migrator = nil
    case .failure(let error): if finding == .none { self.finding = .unreachable(error) }
    }
    opened(result, now: Clock.now)
  }

  private func opened(_ result: Swift.Result<Handle, ServerError>, now: UInt64) {
    opening -= 1
    switch result {
    case .success(let handle):
      growth.reset()
      if let connection = Connection(adopting: handle, remember: limits.prepared, now: now) {
        connections.append(connection)
      }
    case .failure(let error):
      growth.failed(now)
      lastFailure = error
      // With a connection open the desk goes on with what it has (53300); with none, nobody should wait.
      if connections.isEmpty, opening == 0 { refuseAll(error) }
    }
    dispatch(now: now)
  }
}
