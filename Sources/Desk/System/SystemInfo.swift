import JSON

enum SystemInfo: Method {
  static let name = "system.info"
  static let summary = "The versions of the service, its schema and its server, and the limits it keeps to."
  static let access = Access.open
  static let cost = Cost.point
  static let params = Schema<Void>.nothing
  static let result = Shape.object([
    .init("name", .choice(["deskpipe"])),
    .init("version", .text),
    .init("schema_version", .integer(0...Int(Int32.max)), summary: "The newest migration that it knows."),
    .init("server_version", .nullable(.text), summary: "PostgreSQL's; null before it was reached."),
    .init("limits", .object(limits.map { .init($0.name, .integer(0...Int(Int32.max)), summary: $0.summary) })),
  ])

  static func plan(_ params: Void, for caller: Caller?) -> Plan {
    .describe { description in
      let server = description.serverVersion.isEmpty ? "null" : Line.quoted(description.serverVersion)
      let limits = limits.map { "\"\($0.name)\":\($0.value(description.limits))" }.joined(separator: ",")
      return "{\"name\":\"deskpipe\",\"version\":\(Line.quoted(description.version)),"
        + "\"schema_version\":\(description.schemaVersion),\"server_version\":\(server),\"limits\":{\(limits)}}"
    }
  }

  private struct Limit: Sendable {
    let name: String
    let summary: String
    let value: @Sendable (ServiceLimits) -> Int

    init(_ name: String, _ summary: String, _ value: @escaping @Sendable (ServiceLimits) -> Int) {
      self.name = name
      self.summary = summary
      self.value = value
    }
  }

  private static let limits = [
    Limit("line_bytes", "Bytes of one line without its LF.") { $0.lineBytes },
    Limit("batch_calls", "Calls in one batch.") { $0.batchCalls },
    Limit("depth", "Containers around a value in a request.") { $0.depth },
    Limit("waiting_requests", "Requests without an answer; more are refused as busy.") { $0.waitingRequests },
    Limit("waiting_bytes", "Their bytes.") { $0.waitingBytes },
    Limit("output_pause_bytes", "Unread output above which nothing new is started.") { $0.outputPause },
    Limit("output_end_bytes", "Unread output above which the process ends.") { $0.outputEnd },
    Limit("sessions", "Sessions in one process.") { $0.sessions },
    Limit("page_items", "Items in one page of a list.") { _ in Page.limits.upperBound },
    Limit("page_bytes", "Bytes of items in one page, but always one item.") { _ in Page.maximumBytes },
    Limit("macro_bytes", "Bytes of a macro's template.") { _ in Template.maximumCount },
    Limit("macro_depth", "Sections in one another in a template.") { _ in Template.maximumDepth },
    Limit("macro_output_bytes", "Bytes of what a macro renders to.") { _ in Template.maximumOutput },
  ]
}
