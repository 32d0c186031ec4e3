import JSON

/// The hours of a week in which an organization is at work.
enum BusinessHours {
  private struct Hours: Sendable {
    let from: String
    let to: String
  }

  private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// Read into the JSON that the column keeps.
  static let schema = Schema<String>.object(
    day(0), day(1), day(2), day(3), day(4), day(5), day(6),
    as: { monday, tuesday, wednesday, thursday, friday, saturday, sunday in
      text(of: [monday, tuesday, wednesday, thursday, friday, saturday, sunday])
    })

  /// Read into the text of an array.
  static let holidays = Schema<[String]>.list(of: .date, atMost: 400).map(TextArray.literal)

  static let summary =
    "The hours of the week in which you are at work, by the clock of time_zone; a day that is left out has none. Null, "
    + "as at first: at any time. Times that reports told before stay as they are."

  static let shape = Shape.nullable(schema.shape)

  private static let list = Schema<[Hours]>.list(
    of: .object(
      .required("from", clock, "When they begin, 00:00 to 23:59."),
      .required("to", clock, "When they end, after that, up to 24:00."), as: Hours.init),
    atMost: 10)

  /// PostgreSQL refuses what is no time of a day.
  private static let clock = Schema<String>.text(5...5)

  private static func day(_ number: Int) -> Member<[Hours]?> {
    .optional(days[number], list, number == 0 ? "The hours of the day, one after another." : "")
  }

  private static func text(of week: [[Hours]?]) -> String {
    let members = zip(days, week).compactMap { day, hours in
      hours.map { hours in
        let spans = hours.map { "{\"from\":\(Line.quoted($0.from)),\"to\":\(Line.quoted($0.to))}" }
        return "\"\(day)\":[\(spans.joined(separator: ","))]"
      }
    }
    return "{\(members.joined(separator: ","))}"
  }
}
