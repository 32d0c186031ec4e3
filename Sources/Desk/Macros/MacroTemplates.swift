import JSON
import Postgres

/// How macros' templates are checked before they are kept.
enum MacroTemplates {
  static let fieldsQuery = Query(
    "select coalesce(jsonb_agg(f.field_name), '[]')::text from public.customer_fields f")

  /// Reads the names of the organization's fields, then goes on if the template knows no others.
  static func check(_ body: String, then plan: Plan) throws(Failure) -> Plan {
    let template: Template
    do throws(TemplateError) { template = try Template(parsing: body) } catch { throw Failure(error, at: "/body") }
    return .readThen(fieldsQuery()) { names throws(Failure) in
      let vocabulary = Vocabulary(fields: try fields(names))
      do throws(TemplateError) { try template.check(against: vocabulary) } catch { throw Failure(error, at: "/body") }
      return plan
    }
  }

  private static func fields(_ names: String) throws(Failure) -> Set<String> {
    do throws(Fault) { return Set(try list.decode(names)) } catch { throw Failure(.internalError) }
  }

  private static let list = Schema<[String]>.list(of: .text(1...200), atMost: .max)
}

extension Failure {
  /// What is wrong with a template and where in it.
  init(_ error: TemplateError, at path: String) {
    self.init(
      .templateError, error.message, path: path,
      details: "{\"line\":\(error.line),\"column\":\(error.column),\"offset\":\(error.offset)}")
  }
}
