import JSON

/// A page of the feed, out of an answer or a notification.
struct DeskEventPage {
  var events: [DeskEvent] = []
  var cursor = ""
  var hasMore = false
  /// The handle of a notification's subscription.
  var subscription: String?
  /// Of a notification.
  var method: String?

  /// Nil where the line is none, or holds something that is no event.
  init?(_ line: [UInt8]) {
    guard let (items, rest) = Self.parts(of: line), let document = try? Document(rest.span) else { return nil }
    method = document.withRoot { root in root.member("method") { $0.string } ?? nil }
    document.withRoot { root in
      root.member(method == nil ? "result" : "params") { page in
        cursor = page.member("cursor") { $0.string ?? "" } ?? ""
        hasMore = page.member("has_more") { $0.bool ?? false } ?? false
        subscription = page.member("subscription") { $0.string } ?? nil
      }
    }
    events = items.compactMap(DeskEvent.init)
    guard !cursor.isEmpty, events.count == items.count else { return nil }
  }

  /// The objects in the array `items`, and the line without them.
  ///
  /// Before it come only names, a method's and a handle, none of which can hold a quotation mark.
  static func parts(of line: [UInt8]) -> (items: [ArraySlice<UInt8>], rest: [UInt8])? {
    let name = Array("\"items\":".utf8)
    guard let start = line.indices.first(where: { line[$0...].starts(with: name) }),
      let bracket = line[(start + name.count)...].firstIndex(of: UInt8(ascii: "["))
    else { return ([], line) }
    guard let (parts, end) = JSONParts.nested(in: line[bracket...]) else { return nil }
    return (parts.map { line[$0] }, Array(line[...bracket] + line[end...]))
  }
}
