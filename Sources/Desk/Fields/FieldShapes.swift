import JSON

/// What fields of customers and their values look like on the wire; the views desk.field and desk.customer_detail
/// make them.
enum FieldShapes {
  static let types = ["text", "number", "boolean", "date", "select", "multiselect"]

  static let detail = Shape.object([
    .init("id", .uuid),
    .init("field_name", .text, summary: "What values are given and found under."),
    .init("field_type", .choice(types)),
    .init("is_required", .bool),
    .init("options", .nullable(.array(of: .text, atMost: 200)), summary: "Of select and multiselect; null of others."),
    .init("label", .nullable(.text)),
    .init("description", .nullable(.text)),
    .init("position", .integer(0...Int(Int32.max)), summary: "Where it stands in lists and forms."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])

  /// A date is YYYY-MM-DD; a multiselect is a list of options, in the order of the options.
  static let values = Shape.map(of: .union([.text, .number, .bool, .array(of: .text, atMost: 200)]))
}
