/// A backlog for each lane.
struct Backlogs {
  private var lanes = Job.Lane.allCases.map { _ in Backlog() }

  subscript(_ lane: Job.Lane) -> Backlog {
    get { lanes[lane.rawValue] }
    _modify { yield &lanes[lane.rawValue] }
  }

  /// Jobs in all of them.
  var count: Int { lanes.reduce(0) { $0 + $1.count } }

  /// When the first job of the other lanes was submitted; later than any where there is none.
  func firstOrder(except lane: Job.Lane) -> Int {
    var first = Int.max
    for index in lanes.indices where index != lane.rawValue { first = min(first, lanes[index].first?.order ?? .max) }
    return first
  }

  /// The lane whose first job was submitted first, of those later than a place; nil where there is none.
  ///
  /// Asked for each job that is sent, so it makes no list of the lanes.
  func oldest(after order: Int) -> Job.Lane? {
    var oldest: Int?
    var best = Int.max
    for index in lanes.indices {
      guard let first = lanes[index].first?.order, first > order, first < best else { continue }
      oldest = index
      best = first
    }
    return oldest.flatMap { Job.Lane(rawValue: $0) }
  }
}
