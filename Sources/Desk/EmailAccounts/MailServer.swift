import JSON

/// What a call says about one of an account's two mail servers.
struct MailServer: Sendable {
  /// Settings without the password, as one JSON object.
  let settings: String
  /// Absent: the password stays; null: it is removed.
  let password: String??

  static let settings: [Shape.Property] = [
    .init("host", .text, isRequired: false),
    .init("port", .integer(ports), isRequired: false),
    .init("security", .choice(securities), isRequired: false),
    .init("username", .text, isRequired: false),
  ]

  static let schema = Schema<MailServer>.object(
    .required("host", .text(1...255), "The server's name."),
    .required("port", .integer(ports), "Its port, such as 993 or 465."),
    .optional("security", .choice(securities), absent: "tls", "TLS from the start, STARTTLS, or none."),
    .optional("username", .text(1...320), "Left out where the server asks for none."),
    .optional("password", Schema<String>.bytes(1...1_024).orNull, "Kept sealed and never shown; null removes it."),
    as: { host, port, security, username, password in
      let name = username.map { ",\"username\":\(Line.quoted($0))" } ?? ""
      return MailServer(
        settings: "{\"host\":\(Line.quoted(host)),\"port\":\(port),\"security\":\"\(security)\"\(name)}",
        password: password)
    })

  /// No server at all.
  static let none = MailServer(settings: "{}", password: .some(nil))

  private static let ports = 1...65_535
  private static let securities = ["tls", "starttls", "none"]
}
