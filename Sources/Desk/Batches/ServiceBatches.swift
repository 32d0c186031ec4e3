import JSON
import Postgres

extension Service {
  /// Sends the calls of a batch: as one segment, or as one each.
  mutating func run(
    _ calls: [Result<BatchCall, Failure>], isAtomic: Bool, _ call: Call, at now: Moment
  ) throws(Failure) {
    guard isAtomic else { return try runEach(calls, call, at: now) }
    var call = call
    var writes: [(method: String, write: Write)] = []
    for (index, part) in calls.enumerated() {
      do throws(Failure) {
        let part = try part.get()
        if case .sealing = part.plan { seal(&call) }
        writes.append((part.method.name, try write(of: part.plan)))
      } catch {
        throw error.within(call: index)
      }
    }
    let sequence = WriteSequence(writes, call.options, milliseconds: call.method.cost.milliseconds)
    try submit(sequence, call, isLimitedAsAWhole: true, at: now)
  }

  private func write(of plan: Plan) throws(Failure) -> Write {
    switch plan {
    case .write(let write): return write
    case .sealing(let next): return try write(of: try next(configuration.sealer))
    default: throw Failure(.internalError)
    }
  }

  private mutating func runEach(
    _ calls: [Result<BatchCall, Failure>], _ call: Call, at now: Moment
  ) throws(Failure) {
    guard call.options.key == nil, !call.options.isDryRun else {
      let name = call.options.key == nil ? "dry_run" : "idempotency_key"
      throw Failure(.invalidParams, "With the mode each, \(name) is a call's own.", path: "/\(name)")
    }
    let answers = BatchAnswers(calls: calls.count, for: call.recipient)
    for (index, part) in calls.enumerated() {
      let recipient = Recipient(
        id: call.recipient.id, batch: nil, place: BatchAnswers.Place(answers: answers, index: index))
      switch part {
      case .failure(let failure): answer(.failure(failure), to: recipient)
      case .success(let part):
        let call = Call(
          method: part.method, identity: call.identity, recipient: recipient, bytes: call.bytes / calls.count,
          options: part.options)
        do throws(Failure) { try start(part.plan, call, at: now) } catch {
          answer(.failure(error.within(call: index)), to: recipient)
        }
      }
    }
  }

  /// Puts an answer among the others of its batch, and answers the batch with the last.
  mutating func add(_ json: Span<UInt8>, asError isError: Bool, at place: BatchAnswers.Place) {
    let limit = configuration.description.limits.batchBytes
    var item = Line()
    if !isError, openBatchBytes + json.count > limit {
      let failure = Failure(.answerGone, "It was done, but the answers of a batch have at most \(limit) bytes.")
      item.append("{\"error\":")
      item.append(copying: failure.of(call: place.index).json)
      item.append("}")
    } else {
      item.append(isError ? "{\"error\":" : "{\"result\":")
      item.append(copying: json)
      item.append("}")
    }
    let answers = place.answers
    openBatchBytes += item.bytes.count
    guard answers.add(item.bytes, at: place.index) else { return }
    openBatchBytes -= answers.count
    answer(answers.bytes.span, to: answers.recipient)
  }
}
