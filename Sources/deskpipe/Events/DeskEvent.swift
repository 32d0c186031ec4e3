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
    guard let bytes = JSONParts.shallow(json), let document = try? Document(bytes.span) else { return nil }
    let members = ["id", "type", "created_at"].map { name in
      document.withRoot { root in root.member(name) { $0.string } ?? nil }
    }
    guard let id = members[0], let type = members[1], let time = members[2] else { return nil }
    self.id = id
    self.type = type
    self.time = time
    self.json = Array(json)
  }
}
