import Desk
import JSON

/// The desk's fields of customers, for columns of CSV.
enum FieldTypes {
  static func read(_ client: DeskClient) throws -> [String: String] {
    Dictionary(try list(client).map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
  }

  /// In the order of forms.
  static func list(_ client: DeskClient) throws -> [(name: String, type: String)] {
    let line: [UInt8]
    do throws(DeskRefusal) { line = try client.call(BulkNames.fields, "{}") } catch { throw error.ending() }
    guard let document = try? Document(line.span) else { throw Complaint("the desk's answer is not JSON") }
    var fields: [(name: String, type: String)] = []
    document.withRoot { root in
      root.member("result") { result in
        result.member("items") { items in
          for index in 0..<items.count {
            items.element(index) { field in
              let name = field.member("field_name") { $0.string } ?? nil
              let type = field.member("field_type") { $0.string } ?? nil
              if let name, let type { fields.append((name, type)) }
            }
          }
        }
      }
    }
    return fields
  }
}
