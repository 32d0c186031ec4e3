import JSON

extension Service {
  enum Response {
    case json(String)
    case failure(Failure)
  }

  mutating func answer(_ response: Response, to recipient: Recipient) {
    switch response {
    case .json(let json): answer(json.utf8.span, to: recipient)
    case .failure(let failure):
      if let place = recipient.place { return add(failure.json.utf8.span, asError: true, at: place) }
      write(to: recipient) { line, id in
        line.append("{\"jsonrpc\":\"2.0\",\"id\":")
        line.append(copying: id.span)
        line.append(",\"error\":")
        line.append(copying: failure.json)
        line.append("}")
      }
    }
  }

  mutating func answer(_ json: Span<UInt8>, to recipient: Recipient) {
    if let place = recipient.place { return add(json, asError: false, at: place) }
    let limit = configuration.description.limits.batchBytes
    if recipient.batch != nil, openBatchBytes + json.count > limit {
      return answer(.failure(Failure(.busy, "The answers of a batch have at most \(limit) bytes.")), to: recipient)
    }
    write(to: recipient) { line, id in
      line.append("{\"jsonrpc\":\"2.0\",\"id\":")
      line.append(copying: id.span)
      line.append(",\"result\":")
      line.append(copying: json)
      line.append("}")
    }
  }

  private mutating func write(to recipient: Recipient, _ body: (inout Line, [UInt8]) -> Void) {
    guard let batch = recipient.batch else {
      guard let id = recipient.id else { return }
      body(&output, id)
      return output.end()
    }
    let before = batch.count
    let isLast = batch.add(to: recipient.id, body)
    openBatchBytes += isLast ? -before : batch.count - before
    if isLast, let bytes = batch.bytes {
      output.append(copying: bytes.span)
      output.end()
    }
  }
}

extension Recipient {
  /// For what could not be read far enough to know its id.
  static let unknown = Recipient(id: nobody, batch: nil)
}
