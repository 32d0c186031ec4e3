/// What the query of an `ExportSource` answers.
struct ExportPage {
  let count: Int
  let hasMore: Bool
  let last: String
  let cursor: String
  let total: String?
  /// Where among the answer's bytes the items begin, and how many bytes they have.
  let start: Int
  let bytes: Int

  init(_ answer: Span<UInt8>) {
    var words: [String] = []
    var word: [UInt8] = []
    var index = 0
    while words.count < 5, index < answer.count {
      if answer[index] == UInt8(ascii: " ") {
        words.append(String(decoding: word, as: UTF8.self))
        word = []
      } else {
        word.append(answer[index])
      }
      index += 1
    }
    precondition(words.count == 5, "the query answers five words")
    count = Int(words[0]) ?? 0
    hasMore = words[1] == "t"
    last = words[2]
    cursor = words[3]
    total = words[4] == "-" ? nil : words[4]
    start = index
    bytes = answer.count - index
  }
}
