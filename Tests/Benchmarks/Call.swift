/// A call of the desk that is repeated about one ticket after another.
struct Call {
  let method: String
  /// `$ticket` stands for the ticket's id.
  let params: String
  /// It is about every so manieth ticket only.
  let step: Int
  /// What stands before and behind the ticket's id; all of it where there is none.
  private let parts: [Substring]

  private init(method: String, params: String, step: Int = 1) {
    self.method = method
    self.params = params
    self.step = step
    parts = params.split(separator: "$ticket", omittingEmptySubsequences: false)
  }

  static let get = Call(method: "tickets.get", params: #""id":"$ticket""#)
  static let list = Call(method: "tickets.list", params: #""limit":25"#)
  static let create = Call(
    method: "messages.create", params: #""ticket_id":"$ticket","body":"Thank you, the parcel has arrived.""#,
    // Those that are open: a closed ticket takes no message.
    step: 7)

  /// The ticket that it is about where another number was meant.
  func ticket(near number: Int) -> Int { max(step, number / step * step) }

  func line(_ id: Int, ticket: Int, session: String) -> String {
    var line = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"session":"\#(session)","#
    line += parts[0]
    if parts.count > 1 {
      line += BenchDesk.ticket(self.ticket(near: ticket))
      line += parts[1]
    }
    line += "}}\n"
    return line
  }
}
