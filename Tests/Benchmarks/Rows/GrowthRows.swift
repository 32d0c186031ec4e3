import Postgres

/// The same calls on desks that grow tenfold: pages must not notice.
enum GrowthRows {
  private struct Question {
    let name: String
    let method: String
    let params: String
    let organization: Int
    /// How much longer it may take on a desk ten times as large; nil where that is only told.
    let growth: Double?
  }

  private static let pages = 990
  private static let step = 5

  static func measure(_ desks: Desks) throws -> [Row] {
    var seen: [String: [Double]] = [:]
    for size in desks.options.sizes {
      let desk = try desks.desk(tickets: size)
      let server = try desk.serve()
      let sessions = try [0, 1].map { try server.open(desks.token(organization: $0)) }
      for question in questions {
        let session = sessions[question.organization]
        seen[question.name, default: []].append(try time(question, server, session, desks.options))
      }
      let deep = try self.deep(server, sessions[0])
      let question = Question(name: deepName, method: "tickets.list", params: deep, organization: 0, growth: 1.3)
      seen[deepName, default: []].append(try time(question, server, sessions[0], desks.options))
      try server.end()
    }
    let deepest = Question(name: deepName, method: "", params: "", organization: 0, growth: 1.3)
    return (questions + [deepest]).map { row($0, seen[$0.name]!, desks.options.sizes) }
  }

  private static let deepName = "page \(pages + 1) deep, giant"

  private static let questions =
    [0, 1].flatMap { organization in
      let name = organization == 0 ? "giant" : "small"
      return [
        ("page 1", "tickets.list", #""limit":25"#, 1.3),
        ("page of open ones", "tickets.list", #""limit":25,"status":"open""#, 1.3),
        ("page of mine", "tickets.list", #""limit":25,"assigned_to":"me""#, 1.3),
        ("page of urgent and open ones", "tickets.list", #""limit":25,"status":"open","priority":"urgent""#, 1.3),
        ("page of two statuses by priority", "tickets.list", #""status":["open","pending"],"sort":"priority""#, 1.3),
        ("search for a word of one", "tickets.list", #""limit":25,"text":"17""#, nil),
        ("search for a word of all", "tickets.list", #""limit":25,"text":"subject""#, nil),
        ("count of all", "tickets.count", "", nil),
        ("count of open ones", "tickets.count", #""status":"open""#, nil),
      ].map { Question(name: "\($0), \(name)", method: $1, params: $2, organization: organization, growth: $3) }
    }

  /// Milliseconds of the median call.
  private static func time(
    _ question: Question, _ server: ServerProcess, _ session: String, _ options: Options
  ) throws -> Double {
    let members = question.params.isEmpty ? "" : "," + question.params
    var load = Load([server], inFlight: 1) { _, id in
      #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(question.method)","params":{"session":"\#(session)"\#(members)}}"#
        + "\n"
    }
    _ = try load.run(seconds: 0.02)
    load.forget()
    var seen = try load.run(seconds: options.isQuick ? 0.15 : 0.6)
    return seen.latencies.microseconds(ofThousand: 500) / 1000
  }

  /// The parameters of a page behind a thousand others, of which each was asked for.
  private static func deep(_ server: ServerProcess, _ session: String) throws -> String {
    var cursor = ""
    for page in 0..<pages {
      let answer = try server.answer(
        to:
          #"{"jsonrpc":"2.0","id":\#(page),"method":"tickets.list","params":{"session":"\#(session)","limit":\#(step)\#(cursor)}}"#
          + "\n")
      guard let start = answer.firstRange(of: #""next_cursor": ""#)?.upperBound else {
        throw BenchError("the giant has too few tickets for \(pages) pages")
      }
      cursor = #","cursor":"\#(answer[start...].prefix { $0 != "\"" })""#
    }
    return #""limit":25"# + cursor
  }

  private static func row(_ question: Question, _ milliseconds: [Double], _ sizes: [Int]) -> Row {
    let figures = zip(sizes, milliseconds).map { Figure("\($0) tickets", [$1], "ms") }
    let growth = zip(milliseconds.dropFirst(), milliseconds).map { $0 / $1 }.max() ?? 1
    let isSearch = question.name.hasPrefix("search")
    let target = question.growth.map { "at most \($0) times per tenfold growth" } ?? (isSearch ? "under 50 ms" : nil)
    let isMet = question.growth.map { growth <= $0 } ?? (isSearch ? milliseconds.max()! < 50 : nil)
    return Row(
      "tickets: \(question.name)", figures + [Figure("largest growth", [growth])], target: target, isMet: isMet)
  }
}
