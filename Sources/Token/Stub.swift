public struct Refusal: Error { public enum Reason: String, Sendable { case a }; public let reason: Reason; public let message: String }
public struct Policy: Sendable { public var skew = 5; public var maximumAge = 1; public var authorizedParties: [String] = []; public var audiences: [String] = []; public init(issuers: [String]) {} }
public struct KeyError: Error { public let description: String }
public struct SealingError: Error {}
public struct KeySet: Sendable { public init(pem: String) throws(KeyError) {}; public init(jwks: [UInt8]) throws(KeyError) {} }
public struct Verifier: Sendable { public let policy: Policy; public init(keys: KeySet, policy: Policy) { self.policy = policy }
  public func verify(_ token: [UInt8], at now: Int) throws(Refusal) -> Claims { throw Refusal(reason: .a, message: "") } }
public struct Claims: Sendable { public let postgres: String; public let expires: Int; public let subject: String; public let organizationID: String?; public let actor: String? }
public enum Random { public static func handle() -> String { "x" } ; public static func bytes(count: Int) -> [UInt8] { [] } }
public enum SHA256 { public static func digest(_ b: [UInt8]) -> [UInt8] { b } }
public final class Sealer: Sendable { public init(keys: [String]) throws(SealingError) {} }
public struct Signer { public init(pem: String) throws {}; public static func generate() throws -> Signer { try Signer(pem: "") }; public let pem = ""; public let publicPEM = ""
 public func token(header: String, claims: String) throws -> String { "" } }
public enum Base64 { public static func encode(_ b: [UInt8]) -> String { "" } }
