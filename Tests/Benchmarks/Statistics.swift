/// A figure of several rounds: the median, and how far the rounds lie apart.
struct Spread: Codable {
  let median: Double
  let low: Double
  let high: Double

  init(_ values: [Double]) {
    let sorted = values.sorted()
    precondition(!sorted.isEmpty)
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    low = sorted[0]
    high = sorted[sorted.count - 1]
  }
}

/// How long each of many calls took.
struct Latencies {
  private var nanoseconds: [UInt64] = []
  private var isSorted = true

  var count: Int { nanoseconds.count }

  mutating func add(_ duration: UInt64) {
    nanoseconds.append(duration)
    isSorted = false
  }

  mutating func add(_ other: Latencies) {
    nanoseconds += other.nanoseconds
    isSorted = false
  }

  /// Microseconds within which so many of a thousand calls ended; 1,000 asks for the slowest.
  mutating func microseconds(ofThousand share: Double) -> Double {
    guard !nanoseconds.isEmpty else { return 0 }
    if !isSorted {
      nanoseconds.sort()
      isSorted = true
    }
    let index = Int((Double(nanoseconds.count) * share / 1000).rounded(.up)) - 1
    return Double(nanoseconds[min(max(index, 0), nanoseconds.count - 1)]) / 1000
  }

  /// The figures that stand for the whole.
  mutating func figures(_ label: String) -> [Figure] {
    [("p50", 500), ("p99", 990), ("p99.9", 999), ("max", 1000)].map { name, share in
      Figure("\(label) \(name)", [microseconds(ofThousand: share)], "us")
    }
  }
}
