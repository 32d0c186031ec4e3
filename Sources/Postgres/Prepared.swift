/// The statements prepared on one connection, the longest unused given up first.
struct Prepared {
  private struct Entry {
    let name: String
    var used: Int
  }

  private(set) var capacity: Int
  private var entries: [Query: Entry] = [:]
  private var clock = 0
  private var names = 0

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { entries.count }

  /// The name on the server; empty, the unnamed statement, where nothing is remembered.
  func name(of query: Query) -> String { entries[query]?.name ?? "" }

  /// Notes a use; false where the query has to be prepared first.
  mutating func use(_ query: Query) -> Bool {
    clock += 1
    guard let index = entries.index(forKey: query) else { return false }
    entries.values[index].used = clock
    return true
  }

  /// Gives up the longest unused statement and answers its name; nil while there is room.
  mutating func makeRoom() -> String? {
    guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) else {
      return nil
    }
    entries[oldest.key] = nil
    return oldest.value.name
  }

  /// Names are never used twice on a connection: a failed preparation must not be taken for a later one. The mark of
  /// the text is part of them, so that where a pooler mixes connections no name ever means another one's text.
  mutating func begin(_ query: Query) {
    names += 1
    clock += 1
    entries[query] = Entry(name: "d\(names)_\(query.mark)", used: clock)
  }

  /// Prepares nothing any more.
  mutating func stop() {
    capacity = 0
    removeAll()
  }

  mutating func fail(_ query: Query) { entries[query] = nil }

  mutating func removeAll() { entries = [:] }
}
