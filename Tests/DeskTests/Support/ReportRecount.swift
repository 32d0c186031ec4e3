import Foundation
import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Tickets of some months whose lives are known, and reports about them that are counted one by one.
struct ReportRecount {
  private struct Ticket {
    let id: String
    let created: Int
    let isAsked: Bool
    let replied: Int?
    let solved: Int?
    let isReopened: Bool
    let agent: Int?
    let rank: Int
    let tags: [String]
    let isDeleted: Bool
  }

  private static let names = ["low", "normal", "high", "urgent"]
  private let tickets: [Ticket]
  private let agents: [(id: String, name: String)]
  private let calendar: Calendar
  private let zone: String
  /// When tickets were reopened.
  private let now: Int
  private let holiday: String

  /// In place of what the organization has.
  ///
  /// - Parameter tags: names; a ticket has each by chance, and about one of them.
  init(
    _ desk: TestDesk, zone: String, tickets count: Int, tags: [String] = ["blue", "green", "red"], seed: UInt64
  ) throws {
    let session = try desk.database.superuser()
    var calendar = Calendar(identifier: .gregorian)
    guard let timeZone = TimeZone(identifier: zone) else { throw TestFailure("no zone \(zone)") }
    calendar.timeZone = timeZone
    calendar.firstWeekday = 2
    self.calendar = calendar
    self.zone = zone
    agents = try session.query(
      """
      select a.id::text, a.name from public.agent_profiles a join public.organizations o on o.id = a.organization_id
       where o.clerk_id = $1 and a.deactivated_at is null order by a.id limit 4
      """, [DemoDesk.organization]
    ).map { ($0[0] ?? "", $0[1] ?? "") }
    let now = Clock.milliseconds / 1_000
    self.now = now
    var generator = SplitMix64(seed: seed)
    holiday = Self.day(now - 20 * 86_400, calendar)
    tickets = (0..<count).map { Self.ticket($0, now, tags, &generator) }
    let hours = #"{"from":"09:00","to":"12:00"},{"from":"13:30","to":"18:00"}"#
    let week = ["monday", "tuesday", "thursday", "saturday", "sunday"].map { "\"\($0)\":[\(hours)]" }
    let update =
      #"{"time_zone":"\#(zone)","business_hours":{\#(week.joined(separator: ","))},"holidays":["\#(holiday)"]}"#
    guard try desk.call("organizations.update", update, as: .admin).kind == nil else { throw TestFailure(update) }
    try fill(session)
  }

  /// Counted in days of the calendar, of which some have 23 or 25 hours.
  func day(before days: Int) -> String {
    let today = Date(timeIntervalSince1970: Double(now))
    let day = calendar.date(byAdding: .day, value: -days, to: today)?.timeIntervalSince1970 ?? 0
    return Self.day(Int(day), calendar)
  }

  private static func day(_ second: Int, _ calendar: Calendar) -> String {
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(second)))
    return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
  }

  private static func ticket(
    _ number: Int, _ now: Int, _ tags: [String], _ generator: inout SplitMix64
  ) -> Ticket {
    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
    let created = now - Int.random(in: 700_000..<15_000_000, using: &generator)
    let replied = chance(80) ? created + Int.random(in: 0...200_000, using: &generator) : nil
    let agent = chance(85) ? Int.random(in: 0..<4, using: &generator) : nil
    let isSolved = agent != nil && chance(75)
    return Ticket(
      id: String(format: "00000000-0000-7000-9000-%012x", number), created: created, isAsked: chance(90),
      replied: replied, solved: isSolved ? created + Int.random(in: 1...600_000, using: &generator) : nil,
      isReopened: isSolved && chance(10), agent: agent, rank: Int.random(in: 0..<4, using: &generator),
      tags: tags.filter { _ in Int.random(in: 0..<tags.count, using: &generator) == 0 }, isDeleted: chance(4))
  }

  /// As it would have come about: written by triggers, and changed afterwards.
  private func fill(_ session: Session) throws {
    func rows(_ kept: (Ticket) -> String?) -> String { tickets.compactMap(kept).joined(separator: ",") }
    func time(_ second: Int) -> String { "to_timestamp(\(second))" }
    let organization = "(select id from public.organizations where clerk_id = '\(DemoDesk.organization)')"
    let customer = "(select id from public.customers where organization_id = \(organization) order by id limit 1)"
    try session.run(
      """
      select set_config('app.role', 'admin', false), set_config('app.agent_id', '\(agents[0].id)', false),
             set_config('app.organization_id', \(organization)::text, false);
      begin;
      delete from public.tickets where organization_id = \(organization);
      delete from desk.ticket_spells where organization_id = \(organization);
      insert into public.tickets (id, organization_id, customer_id, subject, priority, created_at, assigned_to)
      select v.id::uuid, \(organization), \(customer), 'x', 'low', v.at, '\(agents[0].id)'
        from (values \(rows { "('\($0.id)', \(time($0.created)))" })) as v (id, at);
      insert into public.ticket_messages (organization_id, ticket_id, sender_type, sender_id, body, created_at)
      select \(organization), v.id::uuid, 'customer', \(customer), 'x', v.at
        from (values \(rows { $0.isAsked ? "('\($0.id)', \(time($0.created)))" : nil })) as v (id, at);
      insert into public.ticket_messages (organization_id, ticket_id, sender_type, sender_id, body, created_at)
      select \(organization), v.id::uuid, 'agent', '\(agents[1].id)', 'x', v.at
        from (values \(rows { ticket in ticket.replied.map { "('\(ticket.id)', \(time($0)))" } })) as v (id, at);
      update public.tickets t set status = 'solved'
        from (values \(rows { $0.solved != nil ? "('\($0.id)')" : nil })) as v (id) where t.id = v.id::uuid;
      update public.tickets t set first_solved_at = v.at, last_solved_at = v.at
        from (values \(rows { ticket in ticket.solved.map { "('\(ticket.id)', \(time($0)))" } })) as v (id, at)
       where t.id = v.id::uuid;
      commit;
      update public.tickets t set status = 'open'
        from (values \(rows { $0.isReopened ? "('\($0.id)')" : nil })) as v (id) where t.id = v.id::uuid;
      update public.tickets t set assigned_to = v.agent::uuid, priority = v.priority::public.ticket_priority,
             tags = v.tags::text[], deleted_at = case when v.gone then now() end
        from (values \(rows { ticket in
          let agent = ticket.agent.map { "'\(agents[$0].id)'" } ?? "null"
          let tags = "'{\(ticket.tags.joined(separator: ","))}'"
          return "('\(ticket.id)', \(agent), '\(Self.names[ticket.rank])', \(tags), \(ticket.isDeleted))"
        })) as v (id, agent, priority, tags, gone)
       where t.id = v.id::uuid
      """)
  }
}

// MARK: reports

extension ReportRecount {
  func report(
    _ method: String, from: String, to: String, by: String?, group: String?, filter: [(String, String?)]
  ) -> String {
    let parts = parts(from: from, to: to, by: by)
    let chosen = tickets.filter { ticket in
      !ticket.isDeleted
        && filter.allSatisfy { name, value in
          switch name {
          case "assigned_to": ticket.agent == nil
          case "priority": Self.names[ticket.rank] == value
          default: ticket.tags.contains(value ?? "")
          }
        }
    }
    func all(_ kept: [Ticket]) -> (json: String, size: Int) {
      let whole = figures(method, kept, parts[0].start, parts[parts.count - 1].stop)
      let each = parts.map { figures(method, kept, $0.start, $0.stop) }
      let periods = by == nil ? [] : zip(parts, each).map { "{\"from\":\"\($0.day)\",\($1.json)}" }
      return (
        "\(whole.json),\"periods\":[\(periods.joined(separator: ","))]",
        method == "backlog" && by != nil ? each.map(\.size).max() ?? 0 : whole.size
      )
    }
    var groups: [String: [Ticket]] = [:]
    for ticket in chosen { for key in keys(of: ticket, group) { groups[key, default: []].append(ticket) } }
    let told = groups.map { (key: $0.key, figures: all($0.value)) }.filter { $0.figures.size > 0 }
      .sorted { ($1.figures.size, $0.key) < ($0.figures.size, $1.key) }
    let room = max(1, min(50, (method == "times" ? 180 : 400) / parts.count))
    let shown = told.prefix(room).map { "{\(name(of: $0.key, group)),\($0.figures.json)}" }
    return """
      {"time_zone":"\(zone)","from":"\(from)","to":"\(to)","total":{\(all(chosen).json)},\
      "groups":[\(shown.joined(separator: ","))],"omitted_groups":\(told.count - shown.count)}
      """
  }

  private func keys(of ticket: Ticket, _ group: String?) -> [String] {
    switch group {
    case "agent": [ticket.agent.map { agents[$0].id } ?? ""]
    case "priority": ["\(ticket.rank + 1)"]
    case "tag": ticket.tags.isEmpty ? [""] : ticket.tags
    default: []
    }
  }

  private func name(of key: String, _ group: String?) -> String {
    switch group {
    case "agent":
      "\"agent\":" + (agents.first { $0.id == key }.map { "{\"id\":\"\($0.id)\",\"name\":\"\($0.name)\"}" } ?? "null")
    case "priority": "\"priority\":\"\(Self.names[(Int(key) ?? 1) - 1])\""
    default: "\"tag\":" + (key == "" ? "null" : "\"\(key)\"")
    }
  }

  /// The days of a period that begin a part, and when each part begins and ends.
  private func parts(from: String, to: String, by: String?) -> [(day: String, start: Int, stop: Int)] {
    var parts: [(day: String, start: Int, stop: Int)] = []
    var day = from
    while day <= to {
      let start = midnight(of: day)
      let noon = calendar.dateComponents([.weekday, .day], from: Date(timeIntervalSince1970: Double(start + 43_200)))
      if parts.isEmpty || by == "day" || by == "week" && noon.weekday == 2 || by == "month" && noon.day == 1 {
        parts.append((day, start, start))
      }
      day = Self.day(start + 36 * 3_600, calendar)
      parts[parts.count - 1].stop = midnight(of: day)
    }
    return parts
  }

  private func midnight(of day: String) -> Int { second(of: day, 0) }

  private func second(of day: String, _ minute: Int) -> Int {
    let numbers = day.split(separator: "-").compactMap { Int($0) }
    let parts = DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: minute / 60, minute: minute % 60)
    return Int(calendar.date(from: parts)?.timeIntervalSince1970 ?? 0)
  }

  private func figures(_ method: String, _ kept: [Ticket], _ start: Int, _ stop: Int) -> (json: String, size: Int) {
    func within(_ second: Int?) -> Bool { second.map { (start..<stop).contains($0) } ?? false }
    switch method {
    case "backlog":
      let count = kept.count { ticket in
        ticket.created < stop && (ticket.solved.map { $0 >= stop } ?? true) || ticket.isReopened && now < stop
      }
      return ("\"unsolved\":\(count)", count)
    case "volume":
      let created = kept.count { within($0.created) }
      let solved = kept.filter { within($0.solved) }
      let reopened = kept.count { $0.isReopened && within(now) }
      let rate = (10_000 * Double(solved.count { $0.isReopened }) / Double(solved.count)).rounded() / 10_000
      var text = solved.isEmpty ? "null" : String(format: "%.4f", rate)
      while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
      return (
        "\"created\":\(created),\"solved\":\(solved.count),\"reopened\":\(reopened),\"reopen_rate\":\(text)",
        created + solved.count + reopened
      )
    default:
      let responses = kept.filter { $0.isAsked && within($0.replied) }.map { ($0.created, $0.replied ?? 0) }
      let solutions = kept.filter { !$0.isReopened && within($0.solved) }.map { ($0.created, $0.solved ?? 0) }
      return (
        "\"first_response\":\(quantiles(responses)),\"resolution\":\(quantiles(solutions))",
        responses.count + solutions.count
      )
    }
  }

  private func quantiles(_ spans: [(Int, Int)]) -> String {
    func pair(_ values: [Int]) -> String {
      let sorted = values.sorted()
      func value(_ tenths: Int) -> String {
        sorted.isEmpty ? "null" : "\(sorted[(sorted.count * tenths + 9) / 10 - 1])"
      }
      return "{\"median\":\(value(5)),\"p90\":\(value(9))}"
    }
    let business = spans.map { businessSeconds($0.0, $0.1) }
    return "{\"count\":\(spans.count),\"clock\":\(pair(spans.map { $0.1 - $0.0 })),\"business\":\(pair(business))}"
  }

  private func businessSeconds(_ start: Int, _ stop: Int) -> Int {
    var total = 0
    var day = Self.day(start, calendar)
    while midnight(of: day) < stop {
      let noon = Date(timeIntervalSince1970: Double(second(of: day, 720)))
      if ![4, 6].contains(calendar.component(.weekday, from: noon)), day != holiday {
        for (opens, closes) in [(540, 720), (810, 1_080)] {
          total += max(0, min(stop, second(of: day, closes)) - max(start, second(of: day, opens)))
        }
      }
      day = Self.day(midnight(of: day) + 36 * 3_600, calendar)
    }
    return total
  }
}
