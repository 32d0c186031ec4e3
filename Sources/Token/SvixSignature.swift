/// Verifies the webhooks that Clerk sends through Svix.
///
/// The signature is HMAC-SHA256 over `id.timestamp.body` with the secret behind `whsec_`
/// (docs.svix.com/receiving/verifying-payloads/how-manual).
public struct SvixSignature: Sendable {
  /// Why a webhook was not accepted.
  public enum Fault: String, Error, Sendable, CaseIterable {
    /// `svix-id`, `svix-timestamp` or `svix-signature` is missing or malformed.
    case headers = "webhook-invalid-headers"
    /// No signature fits the body.
    case signature = "webhook-invalid-signature"
    /// It was sent more than five minutes ago.
    case tooOld = "webhook-too-old"
    /// It was sent more than five minutes from now.
    case tooNew = "webhook-too-new"
  }

  /// Seconds between the sender's clock and this one, in both directions.
  public static let tolerance = 300

  private let secrets: [[UInt8]]

  /// - Parameter secrets: each `whsec_` and base64, as Clerk's dashboard shows it; several while one is replaced. nil
  ///   when there is none, or one is malformed or shorter than 24 bytes (Standard Webhooks asks for 24 to 64).
  public init?(secrets texts: [String]) {
    guard let secrets = WebhookSecret.bytes(of: texts) else { return nil }
    self.secrets = secrets
  }

  /// Verifies a webhook and returns its id, by which a repeated delivery is known.
  ///
  /// The time is compared only after the signature, so that nobody learns of it without the secret.
  ///
  /// - Parameters:
  ///   - headers: names in any case. `webhook-id` and so on, of Standard Webhooks, do as well.
  ///   - body: the bytes as they came in.
  ///   - now: seconds since 1970.
  public func verify(_ headers: [String: String], body: [UInt8], at now: Int) throws(Fault) -> String {
    guard let id = Self.header("id", in: headers), (1...256).contains(id.utf8.count),
      !id.utf8.contains(UInt8(ascii: ".")), id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let stamp = Self.header("timestamp", in: headers), let time = Self.seconds(stamp),
      let signatures = Self.header("signature", in: headers), signatures.utf8.count <= 4_096
    else { throw .headers }
    let codes = secrets.map { WebhookSecret.code(id, stamp, body, key: $0) }
    // All are compared, so that the time does not tell which one fits.
    var fits = false
    for signature in signatures.split(separator: " ") where signature.hasPrefix("v1,") {
      let given = Base64.decode(Array(signature.utf8.dropFirst(3))) ?? []
      for code in codes where ConstantTime.equal(code, given) { fits = true }
    }
    guard fits else { throw .signature }
    guard time >= now - Self.tolerance else { throw .tooOld }
    guard time <= now + Self.tolerance else { throw .tooNew }
    return id
  }

  /// The only value of a header; nil when there is none or, in another case, one more.
  private static func header(_ name: String, in headers: [String: String]) -> String? {
    let found = headers.filter { ["svix-" + name, "webhook-" + name].contains($0.key.lowercased()) }
    let values = Set(found.values)
    return values.count == 1 ? values.first : nil
  }

  /// Whole seconds in at most 15 digits.
  private static func seconds(_ text: String) -> Int? {
    let isPlain = (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isPlain ? Int(text) : nil
  }
}
