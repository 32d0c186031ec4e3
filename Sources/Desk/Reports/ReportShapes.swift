import JSON

/// What reports look like on the wire; the function desk.report makes them.
enum ReportShapes {
  static let count = Shape.integer(0...Int(Int32.max))
  private static let seconds = Shape.nullable(.integer(0...Int(Int32.max)))

  static let unsolved = [Shape.Property("unsolved", count, summary: "Open and pending tickets at the end.")]

  static let volume: [Shape.Property] = [
    .init("created", count),
    .init("solved", count, summary: "How often tickets were solved; closing one that was not is solving it."),
    .init("reopened", count, summary: "How often solved or closed tickets were opened again."),
    .init(
      "reopen_rate", .nullable(.number),
      summary: "The part of what was solved here that has been reopened until now; null where nothing was solved."),
  ]

  static let times: [Shape.Property] = [
    .init(
      "first_response", measure,
      summary: "From a ticket's creation to a person's first public reply, of tickets first replied to in this time "
        + "whose customer had written before."),
    .init(
      "resolution", measure,
      summary: "From a ticket's creation to its solving, of tickets solved in this time and not reopened since."),
  ]

  private static let measure = Shape.object([
    .init("count", count, summary: "How many tickets."),
    .init("clock", quantiles, summary: "Seconds that passed."),
    .init(
      "business", quantiles,
      summary: "Those of them within the organization's business hours as they were when it was responded to or solved."
    ),
  ])

  private static let quantiles = Shape.object([
    .init("median", seconds), .init("p90", seconds, summary: "Nine in ten took no longer."),
  ])

  /// A report of these figures, told for everything, for each group and for each part of the period.
  static func report(of figures: [Shape.Property], parts: Int) -> Shape {
    let periods = Shape.Property(
      "periods",
      .array(
        of: .object([.init("from", .date, summary: "Its first day within the period.")] + figures), atMost: 92),
      summary: "Each day, week or month; empty unless `by` asks for them.")
    let group: [Shape.Property] = [
      .init(
        "agent", .nullable(.object([.init("id", .uuid), .init("name", .text)])), isRequired: false,
        summary: "Null stands for nobody."),
      .init("tag", .nullable(.text), isRequired: false, summary: "Null stands for none."),
      .init("priority", .choice(TicketShapes.priorities), isRequired: false),
    ]
    return .object([
      .init("time_zone", .text, summary: "The organization's; its days are counted."),
      .init("from", .date, summary: "The first day."),
      .init("to", .date, summary: "The last day."),
      .init("total", .object(figures + [periods])),
      .init(
        "groups", .array(of: .object(group + figures + [periods]), atMost: 50),
        summary: "The largest groups: at most 50, and \(parts) of their periods in all, but always one."),
      .init("omitted_groups", count, summary: "How many groups there are beyond those."),
    ])
  }
}
