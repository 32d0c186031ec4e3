extension Schema where Output == String {
  /// A day of the calendar (RFC 3339 section 5.6, full-date), of no time zone in particular.
  public static let date = Schema(.date) { value, place throws(Fault) in
    guard let string = value.string, string.utf8.count == 10, Timestamp(string + "T00:00:00Z") != nil else {
      throw Fault("must be a date such as 2026-01-31", at: place)
    }
    return string
  }
}

extension Shape {
  public static let date = Shape.string(StringRule(format: "date"))
}
