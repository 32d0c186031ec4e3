import Postgres
import TestSupport
import Testing

@Suite struct DemoDeskTests {
  @Test func theDemoIsLoadedOnceAndLeavesOthersAlone() throws {
    let session = try TestCluster.createDatabase().superuser()
    try session.run("insert into public.organizations (clerk_id, name) values ('org_other', 'Other')")
    let other = "select o::text from public.organizations o where clerk_id = 'org_other'"
    let before = try session.query(other)

    #expect(try DemoDesk.load(session))
    #expect(try !DemoDesk.load(session))

    #expect(try session.query(other) == before)
    let counts = try session.query(
      """
      select (select count(*) from public.organizations where clerk_id like 'org_demo_%'),
        (select count(*) from public.customers),
        (select count(*) from public.tickets),
        (select count(distinct (status, priority)) from public.tickets),
        (select count(distinct field_type) from public.customer_fields f
          join public.customer_field_values v on v.field_id = f.id),
        (select count(distinct (sender_type, is_internal)) from public.ticket_messages)
      """)
    #expect(counts == [["2", "60", "302", "16", "6", "4"]])
  }

  @Test(arguments: [
    (
      "a message before its ticket or in the future",
      """
      select m.id from public.ticket_messages m join public.tickets t on t.id = m.ticket_id
       where m.created_at < t.created_at or m.created_at > now()
      """
    ),
    ("a name that was not filled in", "select id from public.ticket_messages where body ~ '[{}]'"),
    (
      "a ticket without a message",
      """
      select id from public.tickets t where not exists (select from public.ticket_messages where ticket_id = t.id)
      """
    ),
    (
      "a count that is not the messages'",
      """
      select t.id from public.tickets t
       where t.message_count <> (
               select count(*) from public.ticket_messages m where m.ticket_id = t.id and m.deleted_at is null
             )
      """
    ),
    (
      "an activity that is not the last",
      """
      select t.id from public.tickets t join public.ticket_messages m on m.ticket_id = t.id
       group by t.id having max(m.created_at) > t.last_activity_at or t.last_activity_at > now()
      """
    ),
    (
      "a customer without the fields that macros name",
      """
      select c.id from public.customers c where not exists (
        select from public.customer_field_values v join public.customer_fields f on f.id = v.field_id
         where v.customer_id = c.id and f.field_name = 'plan')
      """
    ),
    (
      "an agent who is not there",
      """
      select \(people) except select clerk_user_id from public.agent_profiles
      """
    ),
  ])
  func theDemoIsBelievable(flaw: String, query: String) throws {
    #expect(try DemoDeskTests.session.get().superuser().query(query) == [], "\(flaw)")
  }

  private static let people = "unnest(array['\(DemoDesk.admin)', '\(DemoDesk.agent)'])"

  private static let session = Result {
    let database = try TestCluster.createDatabase()
    try DemoDesk.load(database.superuser())
    return database
  }
}
