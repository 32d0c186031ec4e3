import Desk
import JSON

/// The desk's fields of customers, for columns of CSV.
enum FieldTypes {
  static func read(_ talk: Talk) throws -> [String: String] {
    Dictionary(try list(talk).map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
  }

  /// In the order of forms.
  static func list(_ talk: Talk) throws -> [(name: String, type: String)] {
    let answer = try talk.call("fields.list", Array("{}".utf8))
    var fields: [(name: String, type: String)] = []
    let document = try answer.document()
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
