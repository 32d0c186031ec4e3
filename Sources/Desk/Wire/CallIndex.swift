/// Finds calls without an answer by their requests' ids.
///
/// Made by the first `$/cancelRequest` and kept while calls wait, so that 20,000 of them cost no 20,000 searches, and a
/// client that cancels nothing pays nothing.
struct CallIndex {
  private var numbers: [[UInt8]: Set<Int>]?

  /// The numbers of the calls with that id, the oldest first.
  ///
  /// - Parameter all: every call that waits, asked for where there is no index yet.
  mutating func find(_ id: [UInt8], among all: () -> [(number: Int, id: [UInt8]?)]) -> [Int] {
    if numbers == nil {
      numbers = [:]
      for call in all() { add(call.number, id: call.id) }
    }
    return (numbers?[id] ?? []).sorted()
  }

  mutating func add(_ number: Int, id: [UInt8]?) {
    guard numbers != nil, let id else { return }
    numbers?[id, default: []].insert(number)
  }

  mutating func remove(_ number: Int, id: [UInt8]?) {
    guard numbers != nil, let id else { return }
    numbers?[id]?.remove(number)
    if numbers?[id]?.isEmpty == true { numbers?[id] = nil }
    if numbers?.isEmpty == true { numbers = nil }
  }
}
