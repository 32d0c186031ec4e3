import Testing

@testable import Desk

/// Which ranges an export reads, and in which order it tells them, whatever order they come in.
@Suite struct ExportQueueTests {
  /// Steps are answered in any order; a page has what is left of its range up to so many numbers.
  @Test(arguments: 0..<200) func tellsEveryIdOnceInOrder(_ seed: Int) {
    var generator = SystemRandomNumberGenerator()
    let ids = (1...Int.random(in: 1...60, using: &generator)).map { "\($0 + 100)" }
    var queue = ExportQueue(from: "100")
    var asked: [ExportQueue.Step] = []
    var told: [String] = []
    while !queue.isDone {
      while let step = queue.step {
        queue.ask(step)
        asked.append(step)
      }
      #expect(asked.count <= 2, "at once")
      guard !asked.isEmpty else { return #expect(Bool(false), "nothing is asked for, and it is not done") }
      switch asked.remove(at: Int.random(in: 0..<asked.count, using: &generator)) {
      case .look(let place, let ranges):
        let found = ids.filter { $0 > place }.prefix(ranges * 5)
        let ends = found.enumerated().filter { $0.offset % 5 == 4 || $0.offset == found.count - 1 }.map(\.element)
        queue.found(
          ExportRanges("- \(found.count < ranges * 5 ? "t" : "f") " + ends.joined(separator: " ")), rows: 5)
      case .read(let number, let range):
        let left = ids.filter { $0 > range.after && $0 <= range.upto }
        let taken = left.prefix(Int.random(in: 1...5, using: &generator))
        queue.take(
          ExportPage(count: taken.count, last: taken.last ?? "", isCut: taken.count < left.count, items: []), of: number
        )
      }
      while let page = queue.tell(rows: \.count) {
        told += ids.filter { $0 > told.last ?? "100" && $0 <= page.last }
        #expect(told.last == page.last || page.count == 0)
      }
    }
    #expect(told == ids && asked.isEmpty)
  }

  @Test func keepsThreePartsAtMost() {
    var queue = ExportQueue(from: "0")
    queue.ask(.look(after: "0", ranges: 1))
    queue.found(ExportRanges("9 f 1 2 3 4 5 6"), rows: 1)
    var numbers: [Int] = []
    // The first is never answered: of those behind it two are read, and then no more.
    for _ in 0..<10 {
      while case .read(let number, _)? = queue.step, let step = queue.step {
        queue.ask(step)
        numbers.append(number)
      }
      if let last = numbers.last, last > 1 {
        queue.take(ExportPage(count: 1, last: "\(last)", isCut: false, items: []), of: last)
      }
      #expect(queue.tell(rows: \.count) == nil)
    }
    #expect(numbers == [1, 2, 3])
  }
}
