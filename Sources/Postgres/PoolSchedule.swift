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
      if job.deadline <= now {
        backlogs[current].removeFirst()
        refuse(job)
        return true
      }
      if let connection {
        launch(takeFirst(current, for: connection, now: now), on: connection, now: now)
        return true
      }
      lane = backlogs.oldest(after: job.order)
      guard lane != nil, mayTakeIdle(current), current != .point || !isGatheringPoints else { continue }
      if let next = nearestToIdle(except: reserved) { reserved.append(next) }
    }
    return false
  }

  /// Takes the first job of a lane, and those behind it that may share its transaction.
  ///
  /// As many as there are to each connection that could take some, so that few calls still run side by side; and no page
  /// that came after a job of another lane, which would wait longer. Point reads take too little time for that, and while
  /// writes wait, there is always one that came before.
  private func takeFirst(_ lane: Job.Lane, for connection: Connection, now: UInt64) -> [Job] {
    var jobs: [Job] = []
    let share = sharedOut(lane, on: connection)
    let others = lane == .point ? .max : backlogs.firstOrder(except: lane)
    while jobs.count < share, var job = backlogs[lane].first, job.deadline > now {
      if let first = jobs.first { guard job.order < others, job.canJoin(first) else { break } }
      backlogs[lane].removeFirst()
      job.attempts += 1
      jobs.append(job)
    }
    return jobs
  }

  /// How many of the jobs of a lane that wait one connection gets at once.
  private func sharedOut(_ lane: Job.Lane, on connection: Connection) -> Int {
    // A page need not wait for another one where it can begin by itself at once.
    guard lane != .own, lane == .point || connection.pipeline.depth > 0 else { return 1 }
    // Point reads go to those that are idle; behind others only as many as share a transaction.
    let most = lane == .point ? 1 : depth(of: lane)
    let takers = max(1, connections.count { serves(lane, $0) && $0.pipeline.depth < most })
    let share = (backlogs[lane].count + takers - 1) / takers
    return max(1, min(share, together(lane), depth(of: lane) - connection.pipeline.depth))
  }

  /// The connection with the least to do that a job of this lane may use now.
  private func connection(for lane: Job.Lane, except reserved: [Connection]) -> Connection? {
    let mayTakeIdle = mayTakeIdle(lane)
    // Those that wait, up to as many as may share a transaction, are worth waiting for room for all of them.
    let isHeld = lane == .point && isGatheringPoints
    let most = isHeld ? 0 : depth(of: lane) - min(together(lane), backlogs[lane].count) + 1
    var best: Connection?
    for connection in connections where isUsable(connection, except: reserved) {
      let depth = connection.pipeline.depth
      guard depth < best?.pipeline.depth ?? .max else { continue }
      if depth == 0 ? mayTakeIdle : depth < most && self.lane(of: connection) == lane {
        best = connection
      }
    }
    return best
  }

  /// What is longer than a point read may have every connection but the spare one; where the server gives no more, one
  /// of those that are there is kept.
  private func mayTakeIdle(_ lane: Job.Lane) -> Bool {
    let isShort = growth.isFailing && connections.count <= limits.connections
    return lane == .point || othersInUse < (isShort ? max(1, connections.count - 1) : limits.connections)
  }

  private func nearestToIdle(except reserved: [Connection]) -> Connection? {
    connections.filter { isUsable($0, except: reserved) && lane(of: $0) != .own }
      .min { $0.pipeline.depth < $1.pipeline.depth }
  }

  /// Whether point reads may use it, now or behind others.
  func servesPoints(_ connection: Connection) -> Bool { serves(.point, connection) }

  private func serves(_ lane: Job.Lane, _ connection: Connection) -> Bool {
    isUsable(connection, except: []) && [nil, lane].contains(self.lane(of: connection))
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

  private func together(_ lane: Job.Lane) -> Int {
    switch lane {
    case .point: min(limits.pointsTogether, limits.points)
    case .page: min(limits.pagesTogether, limits.pages)
    case .own: 1
    }
  }

  /// Whether the point reads that wait do so until a connection has answered those that run: fewer than share a transaction,
  /// to which the next ones may come.
  ///
  /// Sent behind the others at once, each would cost the server a transaction of its own, and none would be answered sooner
  /// where its cores are busy anyway. With several callers in the queue nothing is gathered by waiting; whether there are is
  /// told by its ends.
  var isGatheringPoints: Bool {
    let waiting = backlogs[.point]
    guard let first = waiting.first, waiting.count < together(.point), connections.contains(where: servesPoints) else {
      return false
    }
    guard let second = waiting.second, let last = waiting.last else { return true }
    return second.canJoin(first) && last.canJoin(first)
  }

  private func lane(of connection: Connection) -> Job.Lane? { connection.pipeline.lane }

  /// Connections that serve something else than point reads.
  private var othersInUse: Int {
    connections.count { ![nil, .point].contains(lane(of: $0)) }
  }
}
