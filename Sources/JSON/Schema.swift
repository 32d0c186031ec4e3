/// Reads one kind of JSON value and says what it looks like: both come from the same few lines, so that the
/// published schema cannot differ from what is accepted.
public struct Schema<Output>: Sendable {
  public let shape: Shape
  @usableFromInline let read: @Sendable (borrowing Value, Place) throws(Fault) -> Output

  public init(
    _ shape: Shape, read: @escaping @Sendable (borrowing Value, Place) throws(Fault) -> Output
  ) {
    self.shape = shape
    self.read = read
  }

  /// Reads a value; a `Fault` names the first thing that does not fit.
  @inlinable public func decode(_ value: borrowing Value, at place: Place) throws(Fault) -> Output {
    try read(value, place)
  }

  /// The same text on the wire, as another Swift value.
  public func map<New>(_ transform: @escaping @Sendable (Output) -> New) -> Schema<New> {
    Schema<New>(shape) { value, place throws(Fault) in transform(try self.read(value, place)) }
  }

  /// The same value with a sentence about it.
  public func described(_ summary: String) -> Schema {
    Schema(.described(shape, summary), read: read)
  }

  /// Null, or this.
  public var orNull: Schema<Output?> {
    Schema<Output?>(.nullable(shape)) { value, place throws(Fault) in
      value.kind == .null ? nil : try self.read(value, place)
    }
  }
}

extension Schema where Output == Bool {
  public static let bool = Schema(.bool) { value, place throws(Fault) in
    guard let bool = value.bool else { throw Fault("must be true or false", at: place) }
    return bool
  }
}

extension Schema where Output == Int {
  public static func integer(_ range: ClosedRange<Int>) -> Schema {
    Schema(.integer(range)) { value, place throws(Fault) in
      guard let integer = value.integer, range.contains(integer) else {
        throw Fault("must be an integer from \(range.lowerBound) to \(range.upperBound)", at: place)
      }
      return integer
    }
  }
}

extension Schema {
  /// Either, tried in this order; the fault of the second is reported.
  public static func either(_ first: Schema, _ second: Schema) -> Schema {
    Schema(.union([first.shape, second.shape])) { value, place throws(Fault) in
      if let output = try? first.read(value, place) { return output }
      return try second.read(value, place)
    }
  }

  /// A list of at least one and at most so many.
  public static func list<Element>(of element: Schema<Element>, atMost limit: Int) -> Schema
  where Output == [Element] {
    Schema(.array(of: element.shape, atMost: limit)) { value, place throws(Fault) in
      guard value.kind == .array, value.count <= limit else {
        throw Fault("must be a list of at most \(limit)", at: place)
      }
      let inside = place.opened()
      var elements: [Element] = []
      elements.reserveCapacity(value.count)
      for index in 0..<value.count {
        let one = try value.element(index) { child throws(Fault) in
          try element.decode(child, at: inside.member(String(index)))
        }
        if let one { elements.append(one) }
      }
      return elements
    }
  }
}
