/// A call of the desk that is repeated about one ticket after another.
struct Call {
  let method: String
  /// `$ticket` stands for the ticket's id.
  let params: String

  static let get = Call(method: "tickets.get", params: #""id":"$ticket""#)
  static let list = Call(method: "tickets.list", params: #""limit":25"#)
  static let create = Call(
    method: "messages.create", params: #""ticket_id":"$ticket","body":"Thank you, the parcel has arrived.""#)

  func line(_ id: Int, ticket: Int, session: String) -> String {
    let members = params.replacing("$ticket", with: BenchDesk.ticket(ticket))
    return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"session":"\#(session)",\#(members)}}"# + "\n"
  }
}
