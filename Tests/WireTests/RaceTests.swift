import Glibc
import Postgres
import TestSupport
import Testing

/// Calls that meet somebody else's transaction half way, through the real binary.
@Suite struct RaceTests {
  private static let changes: [(method: String, params: String, state: String)] = [
    ("messages.delete", "", ""),
    ("messages.restore", "", "deleted_at = now()"),
    ("messages.set_delivery", #","status":"sent""#, "is_internal = false, delivery_status = 'queued'"),
  ]

  /// The call waits for the ticket with nothing in hand, and then finds its message where it is now.
  @Test(arguments: changes) func aMessageIsChangedWhereItsTicketWasMergedTo(
    _ change: (method: String, params: String, state: String)
  ) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let found = try #require(try blocker.query(Self.candidates).first).compactMap { $0 }
    let (message, ticket, target, organization) = (found[0], found[1], found[2], found[3])
    if !change.state.isEmpty {
      try blocker.run(
        """
        set session_replication_role = replica;
        update ticket_messages set \(change.state) where id = '\(message)';
        reset session_replication_role
        """)
    }
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(ticket)' for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"\#(change.method)","params":{"id":"\#(message)"\#(change.params)}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run(
      """
      select set_config('app.organization_id', '\(organization)', true);
      select desk.merge_tickets(array['\(ticket)'::uuid], '\(target)');
      commit
      """)
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
    let place = try blocker.value("select ticket_id::text from ticket_messages where id = $1", [message])
    #expect(place == target)
    #expect(try blocker.value(Self.deadlocks) == "0")
  }

  /// Who writes to a merged ticket holds it and waits for the other, so a merge may not hold that and wait for this.
  @Test func aMergeDoesNotWaitForWhatWasMerged() throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let found = try #require(try blocker.query(Self.candidates).first).compactMap { $0 }
    let (ticket, target, organization) = (found[1], found[2], found[3])
    try blocker.run(
      """
      begin;
      select set_config('app.organization_id', '\(organization)', true);
      select desk.merge_tickets(array['\(ticket)'::uuid], '\(target)');
      commit;
      begin; select from tickets where id = '\(ticket)' for no key update
      """)
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"tickets.merge","params":{"id":"\#(target)","sources":["\#(ticket)"]}}"# + "\n"
    )
    let answer = try #require(child.line())
    #expect(answer.contains(#""kind":"rule""#) && answer.contains("/sources/0"), "\(answer)")
    try blocker.run("rollback")
  }

  /// The plan, a field that Imran has a value of; and what is written where.
  private static let plan = "3b6ea670-e70d-4118-8a1b-51ef84fe1d8c"
  private static let imran = "51d0e440-42e1-4441-89d5-1895d975068e"
  private static let writes: [(method: String, params: String, row: String)] = [
    ("customers.set_fields", #""id":"\#(imran)","fields":{"plan":"plus"}"#, "customers where id = '\(imran)'"),
    ("customers.update", #""id":"\#(imran)","fields":{"plan":"plus"}"#, "customers where id = '\(imran)'"),
    ("customers.create", #""name":"N","fields":{"plan":"plus"}"#, "customer_fields where id = '\(plan)'"),
    (
      "customers.upsert", #""email":"n@example.net","fields":{"plan":"plus"}"#, "customer_fields where id = '\(plan)'"
    ),
    (
      "tickets.create", #""subject":"s","customer":{"email":"n@example.net","fields":{"plan":"plus"}}"#,
      "customer_fields where id = '\(plan)'"
    ),
    ("fields.delete", #""id":"\#(plan)","force":true"#, "customer_fields where id = '\(plan)'"),
    ("fields.update", #""id":"\#(plan)","label":"L""#, "customer_fields where id = '\(plan)'"),
  ]

  /// Who changes fields and who writes values wait for each other before they have any row, so never in a circle.
  @Test(arguments: writes) func fieldsAndTheirValuesAreWaitedForWithNothingInHand(
    _ write: (method: String, params: String, row: String)
  ) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    let lock = write.method.hasPrefix("fields") ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock"
    try blocker.run(
      """
      begin;
      select \(lock)(hashtextextended('fields ' || o.id, 0)) from organizations o
       where o.clerk_id = '\(DemoDesk.organization)'
      """)
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(write.method)","params":{\#(write.params)}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run("select from \(write.row) for update nowait; commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  /// Two were merged into Imran, and whom they are merged with, or what is done to all of them.
  private static let other = "0352fa69-ef46-4d31-88c0-0d1fa1314f79"
  private static let people: [(method: String, params: String)] = [
    ("customers.delete", #""id":"\#(imran)""#), ("customers.restore", #""id":"\#(imran)""#),
    ("customers.erase", #""id":"\#(imran)""#), ("customers.unmerge", #""id":"<one>""#),
    ("customers.merge", #""id":"\#(other)","sources":["\#(imran)"]"#),
    ("customers.merge", #""id":"\#(imran)","sources":["\#(other)"]"#),
  ]

  /// Whoever is one person is waited for together, before anything of theirs is taken: so never in a circle.
  @Test(arguments: people) func peopleAreWaitedForWithNothingInHand(_ call: (method: String, params: String)) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let merged = try blocker.query(
      """
      select c.id::text, set_config('app.organization_id', c.organization_id::text, false)
        from customers c join organizations o on o.id = c.organization_id
       where o.clerk_id = '\(DemoDesk.organization)' and c.id not in ('\(Self.imran)', '\(Self.other)')
       order by c.id limit 2
      """
    ).compactMap { $0[0] }
    try blocker.run(
      """
      select desk.merge_customers(array['\(merged[0])', '\(merged[1])']::uuid[], '\(Self.imran)');
      set session_replication_role = replica;
      update customers set deleted_at = now() where id = '\(Self.imran)' and '\(call.method)' = 'customers.restore';
      reset session_replication_role
      """)
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select pg_advisory_xact_lock(hashtextextended('\(merged[1])', 0))")
    let params = call.params.replacing("<one>", with: merged[0])
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(call.method)","params":{\#(params)}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    #expect(try blocker.value(Self.waiting) == "1")
    try blocker.run(
      """
      select from customers for update nowait;
      select from tickets for update nowait;
      commit
      """)
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  /// Who writes has the ticket and then wants its customer to be there.
  @Test func aCustomerIsDeletedWithTheirTicketsInHand() throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run(
      "begin; select from tickets where customer_id = '\(Self.imran)' order by id limit 1 for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"customers.delete","params":{"id":"\#(Self.imran)"}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run("select from customers where id = '\(Self.imran)' for key share nowait; commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  /// What a customer wrote on somebody else's ticket moves with that ticket in hand, as erasing takes it.
  @Test(arguments: [false, true]) func messagesMoveWithTheirTicketsInHand(_ isBack: Bool) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let first = try #require(
      try blocker.value(
        """
        select t.id::text from tickets t
         where t.customer_id = '\(Self.other)' and set_config('app.organization_id', t.organization_id::text, false) <> ''
         order by t.id limit 1
        """))
    let target = try #require(
      try blocker.value(
        """
        select c.id::text from customers c
         where c.organization_id = current_setting('app.organization_id')::uuid
           and c.id not in ('\(Self.imran)', '\(Self.other)') order by c.id limit 1
        """))
    // It may land on another one, which follows a closed one up.
    let ticket = try #require(
      try blocker.value(
        """
        insert into ticket_messages (ticket_id, sender_type, sender_id, body)
        values ('\(first)', 'customer', '\(Self.imran)', 'B') returning ticket_id::text
        """))
    if isBack { try blocker.run("select desk.merge_customers(array['\(Self.imran)'::uuid], '\(target)')") }
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(ticket)' for no key update")
    let (method, params) =
      isBack
      ? ("customers.unmerge", #""id":"\#(Self.imran)""#)
      : ("customers.merge", #""id":"\#(target)","sources":["\#(Self.imran)"]"#)
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(params)}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    #expect(try blocker.value(Self.waiting) == "1")
    try blocker.run("select from ticket_messages where ticket_id = '\(ticket)' for update nowait; commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  /// A merge locks tickets in the order of their ids, so that who goes from one to the next must not hold those between.
  @Test func aMessageToAMergedTicketLocksNoneOnTheWay() throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let tickets = try blocker.query(
      """
      select t.id::text, set_config('app.organization_id', t.organization_id::text, false)
        from tickets t join organizations o on o.id = t.organization_id
       where o.clerk_id = '\(DemoDesk.organization)' and t.status <> 'closed' and t.merged_into is null
       order by t.id limit 3
      """
    ).compactMap { $0[0] }
    let (first, between, end) = (tickets[0], tickets[2], tickets[1])
    try blocker.run(
      """
      select desk.merge_tickets(array['\(first)'::uuid], '\(between)');
      select desk.merge_tickets(array['\(between)'::uuid], '\(end)')
      """)
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(between)' for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"ticket_id":"\#(first)","body":"B"}}"# + "\n")
    let answer = try #require(child.line(within: 10))
    #expect(answer.contains("\"ticket_id\":\"\(end)\""), "\(answer)")
    try blocker.run("rollback")
  }

  /// Three tickets that were merged into one another, in this order, the last with an agent's message, and one more.
  private static func chain(_ blocker: Session) throws -> (first: String, between: String, end: String, other: String) {
    let tickets = try blocker.query(
      """
      select t.id::text, set_config('app.organization_id', t.organization_id::text, false)
        from tickets t join organizations o on o.id = t.organization_id
       where o.clerk_id = '\(DemoDesk.organization)' and t.status <> 'closed' and t.merged_into is null
       order by (select min(m.id::text) from ticket_messages m where m.ticket_id = t.id and m.sender_type = 'agent'), t.id
       limit 4
      """
    ).compactMap { $0[0] }
    try blocker.run(
      """
      select desk.merge_tickets(array['\(tickets[1])'::uuid], '\(tickets[2])');
      select desk.merge_tickets(array['\(tickets[2])'::uuid], '\(tickets[0])')
      """)
    return (tickets[1], tickets[2], tickets[0], tickets[3])
  }

  private static let moves: [(method: String, params: String, move: String)] = [
    (
      "messages.create", #""ticket_id":"<first>","body":"B""#,
      "update tickets set merged_into = '<other>' where id = '<between>'"
    ),
    (
      "messages.delete", #""id":"<message>""#,
      "update ticket_messages set ticket_id = '<other>' where id = '<message>'"
    ),
  ]

  /// Who waited for a ticket and then needs another one lets the first go before they wait again.
  @Test(arguments: moves) func whatIsElsewhereByNowIsWaitedForWithNothingInHand(
    _ call: (method: String, params: String, move: String)
  ) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let (first, between, end, other) = try Self.chain(blocker)
    let message = try #require(
      try blocker.value(
        "select min(id::text) from ticket_messages where ticket_id = $1 and sender_type = 'agent'", [end]))
    func filled(_ text: String) -> String {
      text.replacing("<first>", with: first).replacing("<between>", with: between).replacing("<other>", with: other)
        .replacing("<message>", with: message)
    }
    let holder = try desk.database.superuser()
    try holder.run("begin; select from tickets where id = '\(other)' for no key update")
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(end)' for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"\#(call.method)","params":{\#(filled(call.params))}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run("set local session_replication_role = replica; \(filled(call.move)); commit")
    let process = try #require(try holder.value("select pg_backend_pid()::text"))
    let limit = Clock.now + 10_000_000_000
    while try blocker.value(Self.waitingFor, [process]) != "1", Clock.now < limit { poll(nil, 0, 5) }
    #expect(try blocker.value(Self.waitingFor, [process]) == "1")
    try blocker.run("begin; select from tickets where id = '\(end)' for update nowait; rollback")
    try holder.run("commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  private static let lockers: [(method: String, params: String)] = [
    ("messages.create", #""ticket_id":"<second>","body":"B""#), ("tickets.unmerge", #""id":"<second>""#),
    ("customers.delete", #""id":"<customer>""#), ("customers.erase", #""id":"<customer>""#),
    ("customers.merge", #""id":"\#(imran)","sources":["<customer>"]"#),
  ]

  /// Tickets are locked in the order of their ids, wherever they were merged.
  @Test(arguments: lockers) func aMergedTicketIsNotHeldWhileOneBeforeItIsWaitedFor(
    _ call: (method: String, params: String)
  ) throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let found = try #require(
      try blocker.query(
        """
        select min(t.id::text), max(t.id::text), t.customer_id::text,
               set_config('app.organization_id', t.organization_id::text, false)
          from tickets t join organizations o on o.id = t.organization_id
         where o.clerk_id = '\(DemoDesk.organization)' and t.status <> 'closed' and t.merged_into is null
           and t.customer_id <> '\(Self.imran)'
         group by t.customer_id, t.organization_id
        having count(*) > 1
         order by t.customer_id limit 1
        """
      ).first)
    let (first, second, customer) = (try #require(found[0]), try #require(found[1]), try #require(found[2]))
    try blocker.run("select desk.merge_tickets(array['\(second)'::uuid], '\(first)')")
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(first)' for no key update")
    let params = call.params.replacing("<second>", with: second).replacing("<customer>", with: customer)
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"\#(call.method)","params":{\#(params)}}"# + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run("select from tickets where id = '\(second)' for update nowait; commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"result\":"), "\(answer)")
  }

  /// What a customer says on a merged ticket, whose end is closed, goes to the follow-up: all are waited for in one order.
  @Test func aFollowUpIsWaitedForWithoutTheClosedTicketInHand() throws {
    let desk = try Desk()
    let blocker = try desk.database.superuser()
    let tickets = try blocker.query(
      """
      select t.id::text, set_config('app.organization_id', t.organization_id::text, false)
        from tickets t join organizations o on o.id = t.organization_id
       where o.clerk_id = '\(DemoDesk.organization)' and t.status <> 'closed' and t.merged_into is null
       order by t.id limit 3
      """
    ).compactMap { $0[0] }
    let (followUp, closed, merged) = (tickets[0], tickets[1], tickets[2])
    try blocker.run(
      """
      select desk.merge_tickets(array['\(merged)'::uuid], '\(closed)');
      set session_replication_role = replica;
      update tickets set status = 'closed', closed_at = now() - interval '1 year' where id = '\(closed)';
      update tickets set follow_up_of = '\(closed)' where id = '\(followUp)';
      update tickets t set customer_id = c.customer_id from tickets c where t.id = '\(merged)' and c.id = '\(closed)';
      reset session_replication_role
      """)
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    try blocker.run("begin; select from tickets where id = '\(followUp)' for no key update")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"ticket_id":"\#(merged)","body":"B","as":"customer"}}"#
        + "\n")
    try desk.waitForBlockedCalls(1)
    try blocker.run("select from tickets where id in ('\(closed)', '\(merged)') for update nowait; commit")
    let answer = try #require(child.line())
    #expect(answer.contains("\"ticket_id\":\"\(followUp)\""), "\(answer)")
  }

  private static let waiting = """
    select count(*)::text from pg_stat_activity a
     where a.datname = current_database() and a.wait_event_type = 'Lock'
    """
  private static let waitingFor = """
    select count(*)::text from pg_stat_activity a
     where a.datname = current_database() and $1::integer = any (pg_blocking_pids(a.pid))
    """
  private static let candidates = """
    select m.id::text, m.ticket_id::text, o.id::text, m.organization_id::text
      from ticket_messages m
      join tickets t on t.id = m.ticket_id
      join tickets o on o.organization_id = t.organization_id and o.id <> t.id
      join organizations g on g.id = t.organization_id
     where m.sender_type = 'agent' and not m.is_internal and t.status <> 'closed' and o.status <> 'closed'
       and g.clerk_id = '\(DemoDesk.organization)'
     order by m.id, o.id
     limit 1
    """
  private static let deadlocks =
    "select d.deadlocks::text from pg_stat_database d where d.datname = current_database()"
}
