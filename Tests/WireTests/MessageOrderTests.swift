import Foundation
import Postgres
import TestSupport
import Testing

/// Messages that several write at once, through the real binary.
@Suite struct MessageOrderTests {
  /// The feed comes in the order of transactions, and of one object the versions rise in it (protocol/events.md).
  @Test func aTicketsVersionsRiseInTheOrderOfTheFeed() throws {
    let desk = try Desk()
    let ticket = try #require(try desk.database.superuser().value(Self.open))
    let children = try [desk.serve(), desk.serve()]
    for child in children {
      child.send(try Desk.opening())
      #expect(child.line()?.contains("\"result\"") == true)
    }
    for id in 1...60 {
      for (number, child) in children.enumerated() {
        let key = id.isMultiple(of: 2) ? #","idempotency_key":"\#(number)-\#(id)""# : ""
        child.send(
          #"{"jsonrpc":"2.0","id":\#(id),"method":"messages.create","params":{"ticket_id":"\#(ticket)","body":"x"\#(key)}}"#
            + "\n")
      }
    }
    for child in children {
      for _ in 1...60 { #expect(try #require(child.line()).contains("\"result\"")) }
    }
    let versions = try desk.database.superuser().query(
      "select r.object_version::text from desk.audit_records r where r.object_id = $1 order by r.xid, r.seq", [ticket]
    ).compactMap { $0[0].flatMap { Int($0) } }
    #expect(versions.count > 120)
    #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// As whoever deletes, merges and erases customers: the ticket comes before its customer.
  @Test func aCustomersMessageWaitsWithNothingOfTheCustomerInHand() throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let ticket = try #require(try blocker.value(Self.open))
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(ticket)' for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"ticket_id":"\#(ticket)","body":"x","as":"customer"}}"#
        + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run(
      """
      select from customers where id = (select t.customer_id from tickets t where t.id = '\(ticket)') for update nowait;
      commit
      """)
    #expect(try #require(child.line()).contains("\"result\""))
  }

  /// What is deleted is taken off a count that others add to: by a call, or by a statement, which locks no ticket first.
  @Test(arguments: [true, false]) func whatIsSaidWhileAMessageIsDeletedCounts(_ isCall: Bool) throws {
    let desk = try Desk()
    let other = try desk.database.superuser()
    let ticket = try #require(try other.value(Self.open))
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"ticket_id":"\#(ticket)","body":"x"}}"# + "\n")
    #expect(try #require(child.line()).contains("\"result\""))
    let last = """
      select m.id::text from ticket_messages m where m.ticket_id = $1 order by m.created_at desc, m.id desc limit 1
      """
    let message = try #require(try other.value(last, [ticket]))
    let counts = "select concat_ws(' ', t.reply_count, t.message_count) from tickets t where t.id = $1"
    let before = try other.value(counts, [ticket])
    try other.run(
      """
      begin;
      insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body)
      select m.organization_id, m.ticket_id, m.sender_type, m.sender_id, 'y' from ticket_messages m where m.id = '\(message)'
      """)
    let ended = DispatchSemaphore(value: 0)
    if isCall {
      child.send(#"{"jsonrpc":"2.0","id":2,"method":"messages.delete","params":{"id":"\#(message)"}}"# + "\n")
    } else {
      let conninfo = desk.database.endpoints.superuser
      Thread.detachNewThread {
        try? Session(conninfo).run(
          """
          select set_config('app.role', 'admin', false), set_config('app.agent_id', m.sender_id::text, false),
                 set_config('app.organization_id', m.organization_id::text, false)
            from ticket_messages m where m.id = '\(message)';
          update ticket_messages set deleted_at = now() where id = '\(message)'
          """)
        ended.signal()
      }
    }
    try desk.waitForBlockedCalls(1)
    try other.run("commit")
    if isCall { #expect(try #require(child.line()).contains("\"result\"")) } else { ended.wait() }
    #expect(try other.value("select deleted_at is not null from ticket_messages where id = $1", [message]) == "t")
    #expect(try other.value(counts, [ticket]) == before)
  }

  private static let open = """
    select t.id::text
      from tickets t join organizations o on o.id = t.organization_id
     where o.clerk_id = '\(DemoDesk.organization)' and t.status = 'open' and t.merged_into is null
     order by t.id limit 1
    """
}
