import JSON

enum RpcDiscover: Method {
  static let name = "rpc.discover"
  static let summary = "The OpenRPC document of this service: methods, schemas, errors and examples."
  static let access = Access.open
  static let cost = Cost.point
  static let params = Schema<Void>.nothing
  static let result = Shape.object([
    .init("openrpc", .text, summary: "The version of OpenRPC that the document follows."),
    .init("info", .any),
    .init("methods", .array(of: .any, atMost: nil)),
    .init("x-notifications", .array(of: .any, atMost: nil)),
    .init("components", .any),
  ])

  static func plan(_ params: Void, for caller: Caller?) -> Plan { .discover }
}
