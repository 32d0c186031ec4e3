import Desk
import JSON

/// Makes a call again whenever something has happened, and shows each result that is another one.
///
/// Of events.subscribe it shows the events, one a line.
struct CallWatch {
  let client: DeskClient
  let method: String
  /// One JSON object.
  let params: String
  let isPretty: Bool
  let diagnostics: Diagnostics

  func run() throws {
    let isFeed = method == FeedNames.subscribe
    let (cursor, filter) = isFeed ? Self.feed(params) : (nil, "")
    let sink: any EventSink =
      isFeed ? LineSink() : ResultSink(client: client, method: method, params: params, isPretty: isPretty)
    var follower = EventFollower(
      client: client, filter: filter, isFollowing: true, diagnostics: diagnostics, cursor: cursor, sink: sink)
    try follower.run(from: "now")
  }

  /// Where a subscription begins, and its other params as a follower takes them.
  static func feed(_ params: String) -> (cursor: String?, filter: String) {
    var cursor: String?
    var filter = ""
    let document = try? Document(Array(params.utf8).span)
    document?.withRoot { root in
      root.forEachMember { name, value in
        if name == "cursor", let text = value.string {
          cursor = text
        } else {
          filter += "\(Line.quoted(name)):\(value.json),"
        }
      }
    }
    return (cursor, filter)
  }
}

/// The result of a call, on stdout whenever something has made another one of it.
private struct ResultSink: EventSink {
  let client: DeskClient
  let method: String
  let params: String
  let isPretty: Bool
  private var shown: String?

  init(client: DeskClient, method: String, params: String, isPretty: Bool) {
    self.client = client
    self.method = method
    self.params = params
    self.isPretty = isPretty
  }

  mutating func take(_ events: [DeskEvent], done: (String) throws -> Void) throws {
    if shown == nil || !events.isEmpty { try show() }
    if let last = events.last { try done(last.id) }
  }

  private mutating func show() throws {
    guard let answer = Answer(try client.call(method, params)) else { throw Complaint("the desk's answer is none") }
    let result = isPretty ? answer.indented : answer.text
    guard result != shown else { return }
    guard write(Array((result + "\n").utf8), to: Wire.output) else { throw EndOfReading() }
    shown = result
  }
}
