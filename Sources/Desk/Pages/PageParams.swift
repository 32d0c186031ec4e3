import JSON

/// The members that every list takes.
struct PageParams: Sendable {
  let limit: Int
  let cursor: String?

  static let limit = Member<Int>.optional(
    "limit", .integer(Page.limits), absent: 25, "Items at most; a page also ends at 48 KiB.")
  static let cursor = Member<String?>.optional(
    "cursor", .text(1...2_000), "next_cursor of the page before; only for the same query.")

  static func shape(of item: Shape) -> Shape {
    .object([
      .init("items", .array(of: item, atMost: Page.limits.upperBound)),
      .init("next_cursor", .nullable(.text), summary: "Where the next page begins; null at the end."),
    ])
  }
}
