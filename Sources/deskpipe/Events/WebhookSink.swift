import Fetch
import Glibc
import JSON
import Postgres
import Token

/// An address that each event is posted to, signed as Standard Webhooks says, one after another.
///
/// An event is tried until it is taken: the next one has to wait for it, since they come in order.
struct WebhookSink: EventSink {
  /// Seconds between two attempts double from the first up to the second, each taken at random from its upper half.
  static let pauses = 1.0...300.0
  /// Milliseconds for one attempt.
  static let patience = 20_000
  /// Seconds for which the server's own wish (`Retry-After`) is followed at most.
  static let longestWish = 3_600

  let address: String
  let authorities: String?
  let signer: WebhookSigner
  let diagnostics: Diagnostics
  private var connection: Connection?

  /// Kept from event to event.
  private final class Connection {
    let poster: Poster

    init(_ address: String, _ authorities: String?) throws(FetchError) {
      poster = try Poster(to: address, authorities: authorities, milliseconds: WebhookSink.patience)
    }
  }

  init(address: String, authorities: String?, signer: WebhookSigner, diagnostics: Diagnostics) {
    self.address = address
    self.authorities = authorities
    self.signer = signer
    self.diagnostics = diagnostics
  }

  mutating func take(_ events: [DeskEvent], done: (String) throws -> Void) throws {
    for event in events {
      try deliver(event)
      try done(event.id)
    }
  }

  private mutating func deliver(_ event: DeskEvent) throws {
    let body = Self.body(event)
    var pause = Self.pauses.lowerBound
    while true {
      let (complaint, wish) = try attempt(event, body)
      guard let complaint else { return }
      let seconds = max(pause * Double.random(in: 0.5...1), Double(min(wish ?? 0, Self.longestWish)))
      let shown = seconds < 10 ? Double(Int(seconds * 10)) / 10 : Double(Int(seconds))
      diagnostics.warn("event \(event.id) (\(event.type)) was not taken: \(complaint); again in \(shown) s")
      poll(nil, 0, Int32(seconds * 1_000))
      pause = min(2 * pause, Self.pauses.upperBound)
    }
  }

  /// Why an event was not taken, nil where it was, and in how many seconds the server wants to be asked again.
  private mutating func attempt(_ event: DeskEvent, _ body: [UInt8]) throws -> (String?, Int?) {
    let now = Clock.milliseconds / 1000
    let headers = [
      "content-type: application/json", "webhook-id: \(event.id)", "webhook-timestamp: \(now)",
      "webhook-signature: \(signer.signature(id: event.id, timestamp: now, body: body))",
    ]
    let answer: Poster.Answer
    do throws(FetchError) {
      let connection = if let connection { connection } else { try Connection(address, authorities) }
      self.connection = connection
      answer = try connection.poster.post(body, headers: headers)
    } catch { return ("\(error)", nil) }
    // The specification's word for: do not come back.
    guard answer.status != 410 else { throw Complaint("\(address) is gone (410): it wants no more events") }
    let isTaken = (200..<300).contains(answer.status)
    return isTaken ? (nil, nil) : ("\(FetchError.status(answer.status))", answer.retryAfter)
  }

  /// `{"type", "timestamp", "data"}`, as the specification recommends; data is the event as it is.
  static func body(_ event: DeskEvent) -> [UInt8] {
    Array("{\"type\":\(Line.quoted(event.type)),\"timestamp\":\(Line.quoted(event.time)),\"data\":".utf8) + event.json
      + Array("}".utf8)
  }
}
