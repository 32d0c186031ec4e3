public struct Refusal: Error { public enum Reason: String, Sendable { case a }; public let reason: Reason; public let message: String }
public struct Policy: Sendable { public var skew = 5 }
public struct Verifier: Sendable { public let policy: Policy
  public func verify(_ token: [UInt8], at now: Int) throws(Refusal) -> Claims { throw Refusal(reason: .a, message: "") } }
public struct Claims: Sendable { public let postgres: String; public let expires: Int; public let subject: String; public let organizationID: String?; public let actor: String? }
public enum Random { public static func handle() -> String { "x" } }
public enum SHA256 { public static func digest(_ b: [UInt8]) -> [UInt8] { b } }
public final class Sealer: Sendable {}
extension Random { public static func bytes(count: Int) -> [UInt8] { [] } }
