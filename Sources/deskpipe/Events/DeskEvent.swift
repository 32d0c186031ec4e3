import JSON

/// One event of the feed, as its own bytes and with what its delivery needs to know.
struct DeskEvent: Equatable, Sendable {
  /// The same whenever the event is read; as a cursor it stands for what came after it.
  let id: String
  let type: String
  /// RFC 3339.
  let time: String
  let json: [UInt8]

  /// Nil where the bytes are no event.
  init?(_ json: ArraySlice<UInt8>) {
    let bytes = Array(json)
    guard let document = try? Document(bytes.span) else { return nil }
    let members = ["id", "type", "created_at"].map { name in
      document.withRoot { root in root.member(name) { $0.string } ?? nil }
    }
    guard let id = members[0], let type = members[1], let time = members[2] else { return nil }
    self.id = id
    self.type = type
    self.time = time
    self.json = bytes
  }
}

/// A page of the feed, out of an answer or a notification.
struct DeskEventPage {
  var events: [DeskEvent] = []
  var cursor = ""
  var hasMore = false
  /// The handle of a notification's subscription.
  var subscription: String?
  /// Of a notification.
  var method: String?

  /// Nil where the line is none.
  init?(_ line: [UInt8]) {
    guard let document = try? Document(line.span) else { return nil }
    method = document.withRoot { root in root.member("method") { $0.string } ?? nil }
    document.withRoot { root in
      root.member(method == nil ? "result" : "params") { page in
        cursor = page.member("cursor") { $0.string ?? "" } ?? ""
        hasMore = page.member("has_more") { $0.bool ?? false } ?? false
        subscription = page.member("subscription") { $0.string } ?? nil
      }
    }
    guard !cursor.isEmpty else { return nil }
    events = Self.elements(of: line).compactMap(DeskEvent.init)
  }

  /// The objects in the array `items`, byte for byte: read and written again, a number would lose digits.
  ///
  /// Before it come only names, a method's and a handle, none of which can hold a quotation mark.
  static func elements(of line: [UInt8]) -> [ArraySlice<UInt8>] {
    let name = Array("\"items\":".utf8)
    guard let start = line.indices.first(where: { line[$0...].starts(with: name) }) else { return [] }
    var elements: [ArraySlice<UInt8>] = []
    var (depth, begin, isText, isEscaped) = (0, 0, false, false)
    for index in (start + name.count)..<line.count {
      let byte = line[index]
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else {
          isText = byte != UInt8(ascii: "\"")
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 { begin = index }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 1 { elements.append(line[begin...index]) }
        if depth == 0 { return elements }
      default: break
      }
    }
    return []
  }
}
