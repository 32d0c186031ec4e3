import JSON

enum BatchRun: DeskMethod {
  /// The calls as far as they can be read without their methods.
  struct Outline: Sendable {
    let methods: [String]
    let isAtomic: Bool
  }

  static let name = "batch.run"
  static let summary =
    "Up to \(limit) writes at once: with the mode all as one transaction, all or nothing, in their order; with each, every "
    + "one by itself and side by side. Of a batch that fails, data.call tells which call did."
  static let access = Access.write
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Outline>.object(
    .required(
      "calls", .list(of: call, atMost: limit),
      "Methods that write. With all, none that reads before it writes (macros.apply, a macro's text); where a UUID is "
        + "wanted, {\"$result\": 0} stands for the id of what call 0, an earlier one, creates. With each, a call's "
        + "idempotency_key and dry_run are among its own params."),
    .optional("mode", .choice(["all", "each"]), absent: "all", "One transaction, or one for each call."),
    as: { Outline(methods: $0, isAtomic: $1 == "all") })
  static let result = Shape.object([
    .init(
      "results",
      .array(
        of: .object([
          .init("result", .any, isRequired: false, summary: "As the method answers."),
          .init("error", .any, isRequired: false, summary: "With each: why that call failed; code, message and data."),
        ]), atMost: limit), summary: "One for each call, in their order.")
  ])
  static let errors: [FailureKind] = [
    .methodNotFound, .forbidden, .notFound, .conflict, .alreadyExists, .inUse, .invalid, .rule,
  ]
  /// Where a call's parameters are, for every call.
  static let paramsPointer = "/calls/*/params"

  private static let limit = 100
  private static let call = Schema<String>.object(
    .required("method", .text(1...200)),
    .optional(
      "params", Schema<Bool>(.map(of: .any)) { _, _ throws(Fault) in true }, absent: true, "The method's own."),
    as: { method, _ in method })

  /// Never asked: the calls' parameters have to be read, too.
  static func plan(_ params: Outline, by caller: Caller) throws(Failure) -> Plan { throw Failure(.internalError) }

  static func plan(reading value: borrowing Value, at place: Place, for caller: Caller?) throws(Failure) -> Plan {
    guard let caller else { throw Failure(.unauthenticated) }
    let outline: Outline
    do throws(Fault) { outline = try params.decode(value, at: place) } catch { throw Failure(error) }
    guard !outline.methods.isEmpty else {
      throw Failure(.invalidParams, "calls must have at least one", path: "/calls")
    }
    var calls: [Result<BatchCall, Failure>] = []
    var results: [Int: String] = [:]
    for (index, name) in outline.methods.enumerated() {
      do throws(Failure) {
        let reader = BatchReader(index: index, isAtomic: outline.isAtomic, results: results, caller: caller)
        let call = try reader.read(name, in: value, at: place)
        if outline.isAtomic, case .write(let write) = call.plan { results[index] = write.created }
        calls.append(.success(call))
      } catch {
        guard !outline.isAtomic else { throw error.of(call: index) }
        calls.append(.failure(error.of(call: index)))
      }
    }
    return .several(calls, isAtomic: outline.isAtomic)
  }
}
