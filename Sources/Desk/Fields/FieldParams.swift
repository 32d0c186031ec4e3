import JSON

/// What several methods of fields and of their values share. Whether values fit is decided in one place, in SQL
/// (desk.check_field_value).
enum FieldParams {
  static let id = Member<String>.required("id", .uuid, "The field.")
  static let type = Schema<String>.choice(FieldShapes.types)
  static let position = Schema<Int>.integer(0...1_000_000)
  static let label = Schema<String>.text(1...200).notBlank
  static let description = Schema<String>.text(0...2_000)
  /// As the text of a JSON array.
  static let options = Schema<[String]>.list(of: .text(1...200).notBlank, atMost: 200).map {
    "[" + $0.map(Line.quoted).joined(separator: ",") + "]"
  }

  /// Who writes values shares it and who changes fields has it alone: both write fields and customers, in other orders.
  static func lock(_ caller: Caller) -> String { "fields \(caller.organization)" }
  static func sharedLock(_ caller: Caller) -> String { "shared " + lock(caller) }

  static let retiredOptions = Member<String?>.optional(
    "retired_options",
    Schema<[String]>.list(of: .text(1...200).notBlank, atMost: 199).map {
      "[" + $0.map(Line.quoted).joined(separator: ",") + "]"
    },
    "Options that nobody can choose any more; who has one keeps it. An option in use goes from options to these.")
  static let pattern = Schema<String>.text(1...500)
  static let patternSummary =
    "For text only: a regular expression of PostgreSQL that values match as a whole. What is there already stays."

  /// A value of a field as the text of its JSON.
  static let value = Schema<String>(FieldShapes.value) { value, place throws(Fault) in
    guard value.kind != .object, value.kind != .null else {
      throw Fault("must be a value of the field", at: place)
    }
    return value.json
  }
  static let defaultSummary = "What a new customer gets where nothing is given."

  /// The least or the greatest value, as the text of its JSON.
  static let bound = Schema<String>(FieldShapes.bound) { value, place throws(Fault) in
    guard value.kind == .string || value.kind == .integer || value.kind == .real else {
      throw Fault("must be a number or a date", at: place)
    }
    return value.json
  }
  static let minimumSummary = "For numbers and dates: the least that can be set. What is there already stays."
  static let maximumSummary = "For numbers and dates: the most that can be set. What is there already stays."

  /// Values by field name, as the bytes that came in: numbers keep their digits.
  static let values = Schema<String>.raw(maximumBytes: 262_144)
  static let valuesSummary =
    "Values by field name: strings, numbers, true or false, dates as YYYY-MM-DD, one option, or a list of options."
}
