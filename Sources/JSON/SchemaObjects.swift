/// A member of an object: its name, its schema and what holds when it is absent.
///
/// Inlinable as `Schema.object` is: a member's type is known where it is declared.
public struct Member<Output>: Sendable {
  @usableFromInline let property: Shape.Property
  /// Reads it out of an object, of which so many members are not read yet, and counts it as read where it is there.
  @usableFromInline let decode: @Sendable (borrowing Value, Place, inout Int) throws(Fault) -> Output

  @usableFromInline init(
    _ property: Shape.Property,
    decode: @escaping @Sendable (borrowing Value, Place, inout Int) throws(Fault) -> Output
  ) {
    self.property = property
    self.decode = decode
  }

  /// A member that must be there.
  @inlinable public static func required(_ name: String, _ schema: Schema<Output>, _ summary: String = "") -> Member {
    let key = MemberName(name)
    return Member(Shape.Property(name, schema.shape, summary: summary)) { object, inside, rest throws(Fault) in
      let place = inside.member(name)
      guard let child = object.child(key) else { throw Fault("is required", at: place) }
      rest -= 1
      return try schema.decode(child, at: place)
    }
  }

  /// A member that may be left out, and then counts as `absent`.
  @inlinable public static func optional(
    _ name: String, _ schema: Schema<Output>, absent: Output, _ summary: String = ""
  ) -> Member where Output: Sendable {
    let key = MemberName(name)
    return Member(Shape.Property(name, schema.shape, isRequired: false, summary: summary)) {
      object, inside, rest throws(Fault) in
      guard rest > 0, let child = object.child(key) else { return absent }
      rest -= 1
      return try schema.decode(child, at: inside.member(name))
    }
  }

  /// A member that may be left out.
  @inlinable public static func optional<Wrapped>(_ name: String, _ schema: Schema<Wrapped>, _ summary: String = "")
    -> Member
  where Output == Wrapped? {
    let key = MemberName(name)
    return Member(Shape.Property(name, schema.shape, isRequired: false, summary: summary)) {
      object, inside, rest throws(Fault) in
      guard rest > 0, let child = object.child(key) else { return nil }
      rest -= 1
      return try schema.decode(child, at: inside.member(name))
    }
  }
}

extension Schema {
  /// An object of these members and no others; they are passed to `make` in this order.
  ///
  /// Inlinable, since a caller that knows the members' types needs none of them made up for each call.
  @inlinable public static func object<each M>(
    _ members: repeat Member<each M>, as make: @escaping @Sendable (repeat each M) -> Output
  ) -> Schema {
    var properties: [Shape.Property] = []
    for property in repeat (each members).property { properties.append(property) }
    let known = properties.map(\.name)
    return Schema(.object(properties)) { value, place throws(Fault) in
      guard value.kind == .object else { throw Fault("must be an object", at: place) }
      let inside = place.opened()
      var rest = uncommon(value, inside, known: known)
      let decoded = (repeat try (each members).decode(value, inside, &rest))
      if rest != 0 { try refuseUnknown(value, inside, known: known) }
      return make(repeat each decoded)
    }
  }

  /// Some of an object's members, whatever else it has; who reads the rest lists these as common ones.
  public static func members<each M>(
    _ members: repeat Member<each M>, as make: @escaping @Sendable (repeat each M) -> Output
  ) -> Schema {
    var properties: [Shape.Property] = []
    for property in repeat (each members).property { properties.append(property) }
    return Schema(.object(properties)) { value, place throws(Fault) in
      let inside = place.opened()
      var rest = value.count
      return make(repeat try (each members).decode(value, inside, &rest))
    }
  }

  /// An object whose members' names are the data, at most so many, in the order of the text.
  ///
  /// Where another method keeps the bytes of a member of that name, the scanner has left an empty object in its place,
  /// and the bytes are read now.
  public static func dictionary<Element>(of element: Schema<Element>, atMost limit: Int) -> Schema
  where Output == [(name: String, value: Element)] {
    let schema = Schema(.map(of: element.shape)) { value, place throws(Fault) in
      guard value.kind == .object, value.count <= limit else {
        throw Fault("must be an object of at most \(limit) members", at: place)
      }
      let inside = place.opened()
      var members: Output = []
      try value.forEachMember { name, child throws(Fault) in
        members.append((name, try element.decode(child, at: inside.member(name))))
      }
      return members
    }
    return Schema(schema.shape) { value, place throws(Fault) in
      guard let raw = place.raws[place.pointer] else { return try schema.decode(value, at: place) }
      let document: Document
      do throws(SyntaxError) { document = try Document(raw.text.utf8.span) } catch {
        throw Fault("has a number or a text that cannot be compared", at: place)
      }
      return try document.withRoot { root throws(Fault) in try schema.decode(root, at: place) }
    }
  }

  /// How many members an object has beside those that belong to every call: once as many are read, none has to be
  /// looked for any more.
  @usableFromInline static func uncommon(_ value: borrowing Value, _ inside: Place, known: [String]) -> Int {
    var count = value.count
    for name in inside.commonMembers where value.has(name) && !known.contains(name) { count -= 1 }
    return count
  }

  @usableFromInline static func refuseUnknown(
    _ value: borrowing Value, _ inside: Place, known: [String]
  ) throws(Fault) {
    let common = inside.commonMembers
    try value.forEachMember { name, _ throws(Fault) in
      guard known.contains(name) || common.contains(name) else {
        throw Fault("is not a parameter here", at: inside.member(name))
      }
    }
  }
}

extension Schema where Output == Void {
  /// An object without members.
  public static var nothing: Schema { .object(as: {}) }
}
