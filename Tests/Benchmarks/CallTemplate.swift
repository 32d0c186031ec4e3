import Foundation

/// The statements of a call as the service sends them, with what differs from call to call told apart.
///
/// Found by comparing two calls about different tickets, so that it stays true whatever the service comes to send.
struct CallTemplate {
  enum Value: Equatable {
    case null
    case constant(String)
    /// The id of the ticket that the call is about.
    case ticket
    /// An id that the service makes for each call.
    case fresh
  }

  struct Statement {
    let text: String
    let values: [Value]
  }

  let statements: [Statement]
  /// It is about every so manieth ticket only.
  let step: Int

  init(
    _ first: [SentStatement], about firstTicket: String, _ second: [SentStatement], about secondTicket: String,
    step: Int
  ) throws {
    self.step = step
    guard first.map(\.text) == second.map(\.text), !first.isEmpty else {
      throw BenchError("two like calls sent different statements")
    }
    statements = try zip(first, second).map { one, other in
      let values = try zip(one.parameters, other.parameters).map { left, right throws -> Value in
        switch (left, right) {
        case (nil, nil): .null
        case (firstTicket?, secondTicket?) where firstTicket != secondTicket: .ticket
        case (let left?, let right?) where left == right: .constant(left)
        // When a call was asked for: any moment will do.
        case (let left?, let right?) where Self.isMoment(left) && Self.isMoment(right): .constant(left)
        case (let left?, _) where UUID(uuidString: left) != nil: .fresh
        default: throw BenchError("\(left ?? "null") and \(right ?? "null") differ in: \(one.text)")
        }
      }
      return Statement(text: one.text, values: values)
    }
  }

  private static func isMoment(_ text: String) -> Bool {
    text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
  }

  /// The whole call for pgbench, in one flight, about one ticket of many.
  ///
  /// pgbench binds numbers and texts, but makes no ids: these are put together by the server, which costs it little.
  func script(tickets: Int) -> String {
    var lines = ["\\set ticket \(step) * random(1, \(tickets / step))", "\\set count :count + 1"]
    lines.append("\\set fresh :client_id * 1000000000000 + :start + :count")
    lines.append("\\startpipeline")
    for (index, statement) in statements.enumerated() {
      var text = statement.text
      for number in statement.values.indices.reversed() {
        let replacement =
          switch statement.values[number] {
          case .null: "null"
          case .constant: ":p\(index)_\(number + 1)"
          case .ticket: "('\(BenchDesk.idPrefix)' || lpad(to_hex(:ticket::bigint), 12, '0'))"
          case .fresh: "lpad(:fresh::text, 32, '0')"
          }
        text = text.replacing("$\(number + 1)", with: replacement)
      }
      lines.append(text + ";")
    }
    return (lines + ["\\endpipeline"]).joined(separator: "\n") + "\n"
  }

  /// The constant parameters, as options of pgbench.
  var variables: [String] {
    statements.enumerated().flatMap { index, statement in
      statement.values.enumerated().compactMap { number, value in
        if case .constant(let text) = value { "p\(index)_\(number + 1)=\(text)" } else { nil }
      }
    }
  }

  /// The same for the peers.
  var json: [[String: Any]] {
    statements.map { statement in
      [
        "text": statement.text,
        "values": statement.values.map { value -> Any in
          switch value {
          case .null: NSNull()
          case .constant(let text): ["constant": text]
          case .ticket: ["ticket": true]
          case .fresh: ["fresh": true]
          }
        },
      ]
    }
  }
}
