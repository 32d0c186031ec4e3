import Token

/// A webhook as it was delivered; nothing in it is believed before its signature is verified.
public struct ClerkDelivery: Sendable {
  let headers: [String: String]
  let body: String

  /// Verifies the signature and answers the delivery's id.
  ///
  /// - Parameter now: seconds since 1970.
  func verified(by signature: SvixSignature?, at now: Int) throws(Failure) -> String {
    guard let signature else {
      throw Failure(
        .webhookRefused, "This service has no secret to verify webhooks with (clerk_webhook_secret).",
        reason: "webhook-not-configured")
    }
    do throws(SvixSignature.Fault) {
      return try signature.verify(headers, body: Array(body.utf8), at: now)
    } catch {
      throw Failure(.webhookRefused, Self.message(error), path: "/headers", reason: error.rawValue)
    }
  }

  private static func message(_ fault: SvixSignature.Fault) -> String {
    switch fault {
    case .headers: "One of svix-id, svix-timestamp and svix-signature is missing, twice there or malformed."
    case .signature: "No signature fits the body: it was changed on the way, or made with another secret."
    case .tooOld: "The webhook was sent more than five minutes ago."
    case .tooNew: "The webhook was sent more than five minutes from now."
    }
  }
}
