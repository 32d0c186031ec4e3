/// Jobs that wait for a connection, first come, first served.
struct Backlog {
  private var jobs: [Job] = []
  private var head = 0

  var count: Int { jobs.count - head }
  var first: Job? { count == 0 ? nil : jobs[head] }
  var second: Job? { count < 2 ? nil : jobs[head + 1] }
  var last: Job? { count < 3 ? second : jobs[jobs.count - 1] }

  mutating func append(_ job: Job) { jobs.append(job) }

  /// Puts a job back where it was, as one that has waited its turn already.
  mutating func putBack(_ job: Job) {
    let place = jobs[head...].firstIndex { $0.order > job.order } ?? jobs.count
    if place == head, head > 0 {
      head -= 1
      jobs[head] = job
    } else {
      jobs.insert(job, at: place)
    }
  }

  mutating func removeFirst() {
    head += 1
    // Moving the rest only when half is gone keeps each removal cheap however long the queue is.
    if head * 2 > jobs.count {
      jobs.removeFirst(head)
      head = 0
    }
  }

  mutating func remove(_ ticket: Int) -> Job? {
    guard let index = jobs[head...].firstIndex(where: { $0.ticket == ticket }) else { return nil }
    return jobs.remove(at: index)
  }

  mutating func removeAll() -> [Job] {
    defer {
      jobs = []
      head = 0
    }
    return Array(jobs[head...])
  }

  /// Takes out every job of which the predicate holds.
  mutating func remove(where predicate: (Job) -> Bool) -> [Job] {
    guard count > 0 else { return [] }
    let removed = jobs[head...].filter(predicate)
    if !removed.isEmpty {
      jobs = jobs[head...].filter { !predicate($0) }
      head = 0
    }
    return removed
  }
}
