/// The members a scan looks out for, as a tree whose root is the request object.
///
/// Nodes know their parent and the depth of their container, so a scan needs only the current node to know where it
/// is: it is left when a container of its depth closes.
struct ScannerPaths: Sendable {
  enum Role: Sendable { case object, list, id, target, version, method, session, token, raw, rawList }

  struct Node: Sendable {
    let name: Range<Int>
    let parent: Int
    /// The depth of this member's value, should it be a container; the request object's is 1.
    let depth: Int
    var role: Role
    var pointer: Int
    var firstChild: Int
    let nextSibling: Int
    /// Whether it is within an element of a list.
    var isListed = false
  }

  static let root = 0
  static let none = -1

  /// What stands for the elements of a list in a pointer.
  static let everyElement = "*"

  private(set) var nodes: [Node]
  /// The node of the member `id` of params.
  private(set) var target = Self.none
  private(set) var params = Self.none
  let pointers: [String]
  private var names: [UInt8] = []
  private var longestName = 0

  init(rawMembers: [String], rawLists: [String] = []) {
    pointers = rawMembers + rawLists
    nodes = [
      Node(name: 0..<0, parent: 0, depth: 1, role: .object, pointer: -1, firstChild: Self.none, nextSibling: Self.none)
    ]
    params = insert("params", under: Self.root, role: .object)
    _ = insert("method", under: Self.root, role: .method)
    _ = insert("id", under: Self.root, role: .id)
    _ = insert("jsonrpc", under: Self.root, role: .version)
    _ = insert("token", under: params, role: .token)
    _ = insert("session", under: params, role: .session)
    target = insert("id", under: params, role: .target)
    for (index, pointer) in pointers.enumerated() {
      precondition(pointer.first == "/", "a JSON pointer starts with a slash")
      var node = params
      for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
        let name = Self.unescaped(token)
        if name == Self.everyElement { nodes[node].role = .list }
        node = child(of: node, named: name) ?? insert(name, under: node, role: .object)
      }
      nodes[node].role = index < rawMembers.count ? .raw : .rawList
      nodes[node].pointer = index
    }
  }

  /// The member of a node by the name in the text between two quotes; `none` when it is not looked out for.
  func child(of node: Int, in bytes: ScannerBytes, at range: Range<Int>, isEscaped: Bool) -> Int {
    if isEscaped {
      // One byte of a name takes at most six of the text, so a longer text is another name and need not be decoded.
      guard range.count <= longestName * 6 else { return Self.none }
      return child(of: node, named: Self.decoded(bytes.copy(range))) ?? Self.none
    }
    var index = nodes[node].firstChild
    while index != Self.none {
      let name = nodes[index].name
      if name.count == range.count {
        var offset = 0
        while offset < name.count, names[name.lowerBound + offset] == bytes[range.lowerBound + offset] { offset += 1 }
        if offset == name.count { return index }
      }
      index = nodes[index].nextSibling
    }
    return Self.none
  }

  /// The pointer of a raw member, in that element of the list where it is in one.
  func pointer(of node: Int, index: Int) -> String {
    let pointer = pointers[nodes[node].pointer]
    return nodes[node].isListed ? pointer.replacing("/\(Self.everyElement)/", with: "/\(index)/") : pointer
  }

  /// Whether a node is another one or lies under it.
  func isNode(_ node: Int, within other: Int) -> Bool {
    var node = node
    while node != other {
      if node == Self.root { return false }
      node = nodes[node].parent
    }
    return true
  }

  private func child(of node: Int, named name: String) -> Int? {
    var index = nodes[node].firstChild
    while index != Self.none {
      if names[nodes[index].name].elementsEqual(name.utf8) { return index }
      index = nodes[index].nextSibling
    }
    return nil
  }

  private mutating func insert(_ name: String, under parent: Int, role: Role) -> Int {
    let start = names.count
    names.append(contentsOf: name.utf8)
    longestName = max(longestName, name.utf8.count)
    nodes.append(
      Node(
        name: start..<names.count, parent: parent, depth: nodes[parent].depth + 1, role: role, pointer: -1,
        firstChild: Self.none, nextSibling: nodes[parent].firstChild,
        isListed: nodes[parent].role == .list || nodes[parent].isListed))
    nodes[parent].firstChild = nodes.count - 1
    return nodes.count - 1
  }

  /// A reference token without its escapes (RFC 6901 section 4).
  private static func unescaped(_ token: Substring) -> String {
    var result = ""
    var isEscape = false
    for character in token.unicodeScalars {
      if isEscape {
        result.unicodeScalars.append(character == "1" ? "/" : "~")
        isEscape = false
      } else if character == "~" {
        isEscape = true
      } else {
        result.unicodeScalars.append(character)
      }
    }
    return result
  }

  /// A name that holds escapes, decoded; the scan has found it well formed.
  private static func decoded(_ text: [UInt8]) -> String {
    let quoted = [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")]
    guard let document = try? Document(quoted.span) else { return "" }
    return document.withRoot { $0.string ?? "" }
  }
}
