/// The grammar of an RFC 3339 instant; PostgreSQL reads the value itself.
///
/// PostgreSQL accepts much more than RFC 3339 (`now`, `yesterday`, names of zones); none of that may come from a
/// caller.
struct Timestamp {
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40,
      let year = Self.digits(bytes, 0..<4), bytes[4] == UInt8(ascii: "-"),
      let month = Self.digits(bytes, 5..<7), bytes[7] == UInt8(ascii: "-"),
      let day = Self.digits(bytes, 8..<10), [UInt8(ascii: "T"), UInt8(ascii: "t")].contains(bytes[10]),
      let hour = Self.digits(bytes, 11..<13), bytes[13] == UInt8(ascii: ":"),
      let minute = Self.digits(bytes, 14..<16), bytes[16] == UInt8(ascii: ":"),
      let second = Self.digits(bytes, 17..<19),
      year >= 1, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard Self.isOffset(Array(rest)) else { return nil }
  }

  private static func isOffset(_ bytes: [UInt8]) -> Bool {
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return true }
    guard bytes.count == 6, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[0]),
      bytes[3] == UInt8(ascii: ":"), let hours = digits(bytes, 1..<3), let minutes = digits(bytes, 4..<6)
    else { return false }
    // PostgreSQL refuses more than 15:59.
    return hours < 16 && minutes < 60
  }

  private static func digits(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var number = 0
    for byte in bytes[range] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
