import Desk
import JSON

/// The parameters of a call as a shell gives them: one JSON object, or words such as `status=open` and `limit:=3`.
///
/// What stands behind `=` is taken as the parameter's type says: `limit=3` is a number, `tags=a,b` a list. Behind `:=`
/// stands JSON. A full stop leads into an object: `customer.email=ana@example.org`.
struct CallParameters {
  private let method: AnyMethod?

  init(_ method: String) { self.method = Methods.all.first { $0.name == method } }

  /// One JSON object. Throws a sentence where a word cannot be taken.
  func json(_ words: [String]) throws -> String {
    var root = Node.object([])
    for word in words {
      guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
        throw Complaint("'\(word)' is no parameter: name=value, name:=JSON or one JSON object", code: 2)
      }
      let isJSON = word[word.index(before: equals)] == ":"
      let path = word[..<(isJSON ? word.index(before: equals) : equals)].split(
        separator: ".", omittingEmptySubsequences: false
      ).map(String.init)
      guard !path.contains("") else { throw Complaint("'\(word)' has an empty name", code: 2) }
      let text = String(word[word.index(after: equals)...])
      guard !isJSON || Self.isJSON(text) else { throw Complaint("'\(text)' of '\(path[0])' is not JSON", code: 2) }
      let value = isJSON ? text : Self.value(text, shape(of: path))
      guard root.set(path[...], value) else { throw Complaint("'\(word)' contradicts what comes before", code: 2) }
    }
    return root.json
  }

  /// The shape of the parameter that a path leads to; anything where that is not known.
  func shape(of path: [String]) -> Shape {
    var shape = method?.params ?? .any
    for name in path {
      let members = Self.plain(shape).properties
      guard let member = members.first(where: { $0.name == name }) else { return .any }
      shape = member.shape
    }
    return shape
  }

  /// Without what may be said of every shape: that null is one, too, or a sentence.
  static func plain(_ shape: Shape) -> Shape {
    switch shape {
    case .described(let inner, _), .nullable(let inner): plain(inner)
    default: shape
    }
  }

  private static func value(_ text: String, _ shape: Shape) -> String {
    switch shape {
    case .string, .choice: return Line.quoted(text)
    case .nullable(let inner): return text == "null" ? text : value(text, inner)
    case .described(let inner, _): return value(text, inner)
    case .array(let element, _) where !text.hasPrefix("["):
      return "[\(text.split(separator: ",").map { value(String($0), element) }.joined(separator: ","))]"
    case .union(let shapes):
      let plains = shapes.map(plain)
      let list = plains.first { if case .array = $0 { true } else { false } }
      if let list, text.contains(",") { return value(text, list) }
      return value(text, plains.contains { isText($0) } ? .text : .any)
    default: return isJSON(text) ? text : Line.quoted(text)
    }
  }

  private static func isText(_ shape: Shape) -> Bool {
    switch shape {
    case .string, .choice: true
    default: false
    }
  }

  /// Numbers of any size are.
  static func isJSON(_ text: String) -> Bool {
    var bytes = Array(text.utf8)
    return (try? Scanner(rawMembers: []).scan(&bytes)) != nil
  }

  /// An object that is being put together, in the order of its words.
  private indirect enum Node {
    case json(String)
    case object([(name: String, node: Node)])

    /// False where the path leads through what is no object, or to what is set already.
    mutating func set(_ path: ArraySlice<String>, _ value: String) -> Bool {
      guard case .object(var members) = self, let name = path.first else { return false }
      let index = members.firstIndex { $0.name == name }
      if path.count == 1 {
        guard index == nil else { return false }
        members.append((name, .json(value)))
      } else {
        let place = index ?? members.count
        if index == nil { members.append((name, .object([]))) }
        guard members[place].node.set(path.dropFirst(), value) else { return false }
      }
      self = .object(members)
      return true
    }

    var json: String {
      switch self {
      case .json(let text): text
      case .object(let members):
        "{" + members.map { "\(Line.quoted($0.name)):\($0.node.json)" }.joined(separator: ",") + "}"
      }
    }
  }
}
