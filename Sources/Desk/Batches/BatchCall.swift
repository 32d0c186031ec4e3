import JSON

/// A call of a batch, read and planned.
public struct BatchCall: Sendable {
  let method: AnyMethod
  let plan: Plan
  let options: WriteOptions
}

/// Reads one call of a batch.
struct BatchReader {
  let index: Int
  let isAtomic: Bool
  /// The ids of what the calls before it create.
  let results: [Int: String]
  let caller: Caller

  private var pointer: String { Self.pointer(of: index) }

  static func pointer(of index: Int) -> String { "/calls/\(index)" }

  func read(_ name: String, in value: borrowing Value, at place: Place) throws(Failure) -> BatchCall {
    guard let method = Methods.byName[name] else {
      throw Failure(.methodNotFound, path: pointer + "/method")
    }
    guard method.isWrite, name != BatchRun.name else { throw refusal("\(name) is no write that a batch can have.") }
    guard method.access != .admin || caller.role == .admin else {
      throw Failure(.forbidden, "\(name) is for admins.", path: pointer + "/method")
    }
    let inside = place.part(
      ["calls", String(index), "params"], common: isAtomic ? [] : WriteOptions.names, results: results)
    let read = { (params: borrowing Value) throws(Failure) -> BatchCall in
      let plan = try method.plan(params, inside, caller)
      var options = isAtomic ? WriteOptions() : try WriteOptions(params, at: inside, of: method)
      options.call = index
      return BatchCall(method: method, plan: plan, options: options)
    }
    let given: BatchCall??? = try value.member("calls") { calls throws(Failure) in
      try calls.element(index) { call throws(Failure) in try call.member("params", read) }
    }
    let planned: BatchCall
    if case .some(.some(.some(let call))) = given {
      planned = call
    } else {
      planned = try Document.withEmptyObject(read)
    }
    if isAtomic, case .readThen = planned.plan {
      throw refusal("\(name) reads before it writes: it cannot be part of one transaction with others.")
    }
    return planned
  }

  private func refusal(_ message: String) -> Failure {
    Failure(.invalidParams, message, path: pointer + "/method")
  }
}

extension Failure {
  /// The same failure, of that call of a batch.
  func of(call index: Int) -> Failure {
    var failure = self
    failure.call = index
    failure.path = path ?? BatchReader.pointer(of: index)
    return failure
  }

  /// The same failure, its path below a pointer.
  func below(_ pointer: String) -> Failure {
    var failure = self
    failure.path = path.map { pointer + $0 }
    return failure
  }

  /// The same failure, its path one within the parameters of that call of a batch.
  func within(call index: Int?) -> Failure {
    guard let index else { return self }
    return below(BatchReader.pointer(of: index) + "/params").of(call: index)
  }
}
