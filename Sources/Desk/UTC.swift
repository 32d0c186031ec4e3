/// Instants as RFC 3339 writes them in UTC.
enum UTC {
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  static func text(seconds: Int) -> String { text(seconds: seconds, milliseconds: nil) }

  /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
  static func text(milliseconds: Int) -> String {
    let rest = (milliseconds % 1000 + 1000) % 1000
    return text(seconds: (milliseconds - rest) / 1000, milliseconds: rest)
  }

  private static func text(seconds: Int, milliseconds: Int?) -> String {
    let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = seconds - day * 86_400
    let (year, month, date) = civil(day)
    var text: [UInt8] = []
    text.reserveCapacity(24)
    append(year, 4, to: &text)
    append("-", month, 2, to: &text)
    append("-", date, 2, to: &text)
    append("T", rest / 3600, 2, to: &text)
    append(":", rest / 60 % 60, 2, to: &text)
    append(":", rest % 60, 2, to: &text)
    if let milliseconds { append(".", milliseconds, 3, to: &text) }
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The Gregorian date of a day counted from 1970-01-01, reckoned in eras of 400 years that begin on 1 March, so
  /// that the leap day is the last of a year.
  private static func civil(_ day: Int) -> (year: Int, month: Int, date: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let date = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date)
  }

  private static func append(_ sign: Unicode.Scalar, _ number: Int, _ width: Int, to text: inout [UInt8]) {
    text.append(UInt8(ascii: sign))
    append(number, width, to: &text)
  }

  /// A number of so many digits; a year beyond them has as many as it takes.
  private static func append(_ number: Int, _ width: Int, to text: inout [UInt8]) {
    guard (0..<10_000).contains(number) else { return text.append(contentsOf: String(number).utf8) }
    text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    var rest = number
    for place in (text.count - width..<text.count).reversed() {
      text[place] += UInt8(rest % 10)
      rest /= 10
    }
  }
}
