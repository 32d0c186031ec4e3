/// Which job gets which connection next.
extension Pool {
  /// Sends what can be sent, oldest first.
  ///
  /// A job that has to wait for an idle connection would wait for ever behind a stream of short ones, so while it is
  /// the older one, the connection that is nearest to idle takes no more of them.
  func dispatch(now: UInt64) {
    guard !isPaused else { return }
    while sendNext(now: now) {}
    grow(now: now)
  }

  /// Sends the oldest job that can be sent; false where none can.
  private func sendNext(now: UInt64) -> Bool {
    var reserved: [Connection] = []
    var lane = backlogs.oldest(after: 0)
    while let current = lane, let job = backlogs[current].first {
      let connection = connection(for: current, except: reserved)
      if connection != nil || job.deadline <= now {
        backlogs[current].removeFirst()
        launch(job, on: connection, now: now)
        return true
      }
      lane = backlogs.oldest(after: job.order)
      if lane != nil, mayTakeIdle(current), let next = nearestToIdle(except: reserved) { reserved.append(next) }
    }
    return false
  }

  /// The connection with the least to do that a job of this lane may use now.
  private func connection(for lane: Job.Lane, except reserved: [Connection]) -> Connection? {
    let mayTakeIdle = mayTakeIdle(lane)
    var best: Connection?
    for connection in connections where isUsable(connection, except: reserved) {
      let depth = connection.pipeline.depth
      guard depth < best?.pipeline.depth ?? .max else { continue }
      if depth == 0 ? mayTakeIdle : depth < self.depth(of: lane) && self.lane(of: connection) == lane {
        best = connection
      }
    }
    return best
  }

  /// One connection is kept for point reads, where there are two.
  private func mayTakeIdle(_ lane: Job.Lane) -> Bool {
    lane == .point || othersInUse < max(1, min(limits.connections, connections.count) - 1)
  }

  private func nearestToIdle(except reserved: [Connection]) -> Connection? {
    connections.filter { isUsable($0, except: reserved) && lane(of: $0) != .own }
      .min { $0.pipeline.depth < $1.pipeline.depth }
  }

  private func isUsable(_ connection: Connection, except reserved: [Connection]) -> Bool {
    !connection.isCancelling && connection.failure == nil && !reserved.contains { $0 === connection }
  }

  private func depth(of lane: Job.Lane) -> Int {
    switch lane {
    case .point: limits.points
    case .page: limits.pages
    case .own: 1
    }
  }

  private func lane(of connection: Connection) -> Job.Lane? { connection.pipeline.first?.lane }

  /// Connections that serve something else than point reads.
  private var othersInUse: Int {
    connections.count { ![nil, .point].contains(lane(of: $0)) }
  }
}
