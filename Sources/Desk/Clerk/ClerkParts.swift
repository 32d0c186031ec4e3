import JSON

/// The objects of Clerk's events, each as JSON with the members that the desk keeps.
enum ClerkParts {
  static func organization(_ value: borrowing Value) throws(Failure) -> String {
    let name = value.text("name")
    return object([
      ("id", try id(value, "id", prefix: "org_")), ("name", name.map(Line.quoted) ?? "null"),
      // Without a name it is no news.
      ("at", name == nil ? "null" : value.time("updated_at").map(String.init) ?? "null"),
    ])
  }

  /// A user of `user.*`.
  static func user(_ value: borrowing Value) throws(Failure) -> String {
    let email = primaryEmail(value)
    return object([
      ("id", try id(value, "id", prefix: "user_")), ("name", name(value, else: value.text("username") ?? email)),
      ("email", email.map(Line.quoted) ?? "null"),
    ])
  }

  /// The `public_user_data` of a membership; `identifier` is an address, a telephone number or a username.
  static func member(_ value: borrowing Value) throws(Failure) -> String {
    let identifier = value.text("identifier")
    return object([
      ("id", try id(value, "user_id", prefix: "user_")), ("name", name(value, else: identifier)),
      ("email", identifier.map(Line.quoted) ?? "null"),
    ])
  }

  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { Line.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  private static func id(_ value: borrowing Value, _ name: String, prefix: String) throws(Failure) -> String {
    guard let id = value.text(name), id.hasPrefix(prefix), id.utf8.count <= 128 else {
      throw Failure(.invalidParams, "body is signed, but names no \(prefix)... where it has to.", path: "/body")
    }
    return Line.quoted(id)
  }

  private static func name(_ value: borrowing Value, else other: String?) -> String {
    let names = [value.text("first_name"), value.text("last_name")].compactMap { $0 }
    return (names.isEmpty ? other : names.joined(separator: " ")).map(Line.quoted) ?? "null"
  }

  private static func primaryEmail(_ user: borrowing Value) -> String? {
    guard let primary = user.text("primary_email_address_id") else { return nil }
    var email: String?
    user.member("email_addresses") { list in
      for index in 0..<list.count {
        list.element(index) { if $0.text("id") == primary { email = $0.text("email_address") } }
      }
    }
    return email
  }
}

extension Value {
  /// The text of a member without controls, such as U+0000; nil when nothing is left or it is no string.
  func text(_ name: String) -> String? {
    guard let string = member(name, { $0.string }) ?? nil else { return nil }
    let text = String(String.UnicodeScalarView(string.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    return text.isEmpty ? nil : text
  }

  /// A time in milliseconds since 1970, between 1970 and the year 9999; nil when there is none.
  func time(_ name: String) -> Int? {
    (member(name, { $0.integer }) ?? nil).flatMap { (1...253_402_300_799_999).contains($0) ? $0 : nil }
  }
}
