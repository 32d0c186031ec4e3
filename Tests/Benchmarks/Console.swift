import Glibc

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// What is said for people: the table goes to stdout, what is under way to stderr.
enum Console {
  static func say(_ text: String) { write(text + "\n", to: 1) }

  static func note(_ text: String) { write("bench: \(text)\n", to: 2) }

  private static func write(_ text: String, to descriptor: Int32) {
    _ = unsafe Glibc.write(descriptor, text, text.utf8.count)
  }
}

extension String {
  func padded(_ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return right ? space + self : self + space
  }
}
