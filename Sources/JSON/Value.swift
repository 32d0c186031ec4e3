import CJansson

/// A node lent by a `Document`.
@safe public struct Value: ~Copyable {
  private let node: UnsafeMutablePointer<json_t>

  init(_ node: UnsafeMutablePointer<json_t>) { unsafe self.node = node }

  public enum Kind: Sendable, Equatable { case object, array, string, integer, real, bool, null }

  public var kind: Kind {
    switch unsafe desk_json_typeof(node) {
    case JSON_OBJECT: .object
    case JSON_ARRAY: .array
    case JSON_STRING: .string
    case JSON_INTEGER: .integer
    case JSON_REAL: .real
    case JSON_TRUE, JSON_FALSE: .bool
    default: .null
    }
  }

  /// The string, which may hold U+0000; nil when this is no string.
  public var string: String? {
    guard kind == .string, let bytes = unsafe json_string_value(node) else { return nil }
    let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: json_string_length(node))
    return unsafe String(decoding: raw, as: UTF8.self)
  }

  /// The integer; nil when this is none. `1.0` and `1e3` are reals, not integers.
  public var integer: Int? { kind == .integer ? unsafe Int(json_integer_value(node)) : nil }

  /// The number as a double; nil when this is no number.
  public var number: Double? {
    switch kind {
    case .integer, .real: unsafe json_number_value(node)
    default: nil
    }
  }

  public var bool: Bool? {
    switch unsafe desk_json_typeof(node) {
    case JSON_TRUE: true
    case JSON_FALSE: false
    default: nil
    }
  }

  /// The number of members or elements; 0 for everything else.
  public var count: Int {
    switch kind {
    case .object: unsafe json_object_size(node)
    case .array: unsafe json_array_size(node)
    default: 0
    }
  }

  /// Lends the member of that name; nil when there is none or this is no object.
  public func member<R, E: Error>(_ name: String, _ body: (borrowing Value) throws(E) -> R) throws(E) -> R? {
    guard let child = unsafe json_object_get(node, name) else { return nil }
    return unsafe try body(Value(child))
  }

  /// The same by a name that was made beforehand; it must not outlive this value.
  @usableFromInline func child(_ name: MemberName) -> Value? {
    guard let child = unsafe name.find(in: node) else { return nil }
    return unsafe Value(child)
  }

  /// Whether this is an object with that member.
  public func has(_ name: String) -> Bool { unsafe json_object_get(node, name) != nil }

  /// Lends the element at an index; nil when there is none or this is no array.
  public func element<R, E: Error>(_ index: Int, _ body: (borrowing Value) throws(E) -> R) throws(E) -> R? {
    guard index >= 0, let child = unsafe json_array_get(node, index) else { return nil }
    return unsafe try body(Value(child))
  }

  /// Lends every member in the order of the text, each with its name.
  public func forEachMember<E: Error>(_ body: (String, borrowing Value) throws(E) -> Void) throws(E) {
    var iterator = unsafe json_object_iter(node)
    while let current = unsafe iterator {
      if let name = unsafe json_object_iter_key(current), let child = unsafe json_object_iter_value(current) {
        unsafe try body(String(cString: name), Value(child))
      }
      unsafe iterator = json_object_iter_next(node, current)
    }
  }

  /// This value as compact JSON; numbers are written as Jansson read them (1.50 comes out as 1.5).
  public var json: String { dump(Int(JSON_COMPACT | JSON_ENCODE_ANY)) }

  /// This value as compact JSON, the members of every object in one order.
  var sortedJSON: String { dump(Int(JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS)) }

  /// This value as JSON for people, two spaces a level.
  public var indented: String { dump(Int(JSON_ENCODE_ANY) | 2) }

  private func dump(_ flags: Int) -> String {
    guard let text = unsafe json_dumps(node, flags) else { return "null" }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }
}
