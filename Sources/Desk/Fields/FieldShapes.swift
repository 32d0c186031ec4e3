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
    .init("description", .nullable(.text), summary: "Help for whoever fills it in."),
    .init("position", .integer(0...Int(Int32.max)), summary: "Where it stands in lists and forms."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
    .init("default_value", .nullable(value), summary: "What a new customer gets where nothing is given."),
    .init("pattern", .nullable(.text), summary: "What a text has to match as a whole."),
    .init("minimum", .nullable(bound), summary: "A number or a date."),
    .init("maximum", .nullable(bound), summary: "A number or a date."),
    .init(
      "retired_options", .nullable(.array(of: .text, atMost: 199)),
      summary: "Options that nobody can choose any more; null where options is."),
  ])

  static let value = Shape.union([.text, .number, .bool, .array(of: .text, atMost: 200)])
  static let bound = Shape.union([.number, .text])

  /// A date is YYYY-MM-DD; a multiselect is a list of options, in the order of the options.
  static let values = Shape.map(of: value)
}
