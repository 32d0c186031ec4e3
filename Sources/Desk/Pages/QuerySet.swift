import Postgres
import Synchronization

/// A closed set of queries, numbered from 0, each made when it is first asked for.
///
/// Composing a text and hashing it costs more than the rest of a call, and most of the texts of a list are never
/// asked for: there is room for those only that were.
final class QuerySet: Sendable {
  private let count: Int
  private let made = Mutex<[Int: Query]>([:])
  private let text: @Sendable (Int) -> String

  init(count: Int, text: @escaping @Sendable (Int) -> String) {
    self.count = count
    self.text = text
  }

  subscript(number: Int) -> Query {
    precondition((0..<count).contains(number))
    return made.withLock { made in
      if let query = made[number] { return query }
      let query = Query(text(number))
      made[number] = query
      return query
    }
  }

  /// Every query of the set, for the tests that prepare them all.
  var all: [Query] { (0..<count).map { Query(text($0)) } }
}

/// Numbers for the combinations of several choices, each among so many.
struct Combinations: Sendable {
  let sizes: [Int]

  var count: Int { sizes.reduce(1, *) }

  func number(of choices: [Int]) -> Int {
    precondition(choices.count == sizes.count)
    return zip(choices, sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }

  func choices(of number: Int) -> [Int] {
    var rest = number
    var choices: [Int] = []
    for size in sizes.reversed() {
      choices.append(rest % size)
      rest /= size
    }
    return choices.reversed()
  }
}
