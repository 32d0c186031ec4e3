import Desk
import JSON

/// Makes a call again whenever something has happened, and shows each result that is another one.
///
/// Of events.subscribe it shows the events, one a line.
struct CallWatch {
  let method: String
  let params: String
  let isPretty: Bool

  func run(_ client: inout DeskClient) throws {
    do {
      if method == FeedNames.subscribe { return try follow(&client) }
      var shown: String?
      _ = try client.call(FeedNames.subscribe, "{}")
      while true {
        guard let answer = Answer(try client.call(method, params)) else { throw Complaint("the desk's answer is none") }
        let result = isPretty ? answer.indented : answer.text
        if result != shown, !show(result) { return }
        shown = result
        try wait(&client)
      }
    } catch let refusal as DeskClient.Refusal {
      if case .failure(_, _, _, let json) = refusal { throw Refused(json) }
    }
  }

  private func follow(_ client: inout DeskClient) throws {
    _ = try client.call(method, params)
    while true {
      guard let line = try client.notification(within: -1), let page = DeskEventPage(line) else { continue }
      guard page.method != FeedNames.lagging else { throw Complaint("the events were read too slowly") }
      for event in page.events {
        if !show(String(decoding: event.json, as: UTF8.self)) { return }
      }
    }
  }

  /// Until something has happened; whatever else has come by then is part of the next result.
  private func wait(_ client: inout DeskClient) throws {
    var line = try client.notification(within: -1)
    while let notification = line {
      if DeskEventPage(notification)?.method == FeedNames.lagging {
        _ = try client.call(FeedNames.subscribe, "{}")
      }
      line = try client.notification(within: 0)
    }
  }

  /// False where nobody reads it any more.
  private func show(_ text: String) -> Bool { LineSink.write(Array((text + "\n").utf8)) }
}
