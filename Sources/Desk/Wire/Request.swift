import JSON

/// The envelope of a request (JSON-RPC 2.0, section 4), without its id, which the scanner found.
struct Request {
  let method: String
  /// The members that every call may carry.
  let session: String?
  let token: String?

  static let common = ["session", "token"]

  /// Reads the envelope and lends the parameters, an empty object where there are none.
  static func read<R>(
    _ value: borrowing Value, _ body: (Request, borrowing Value) throws(Failure) -> R
  ) throws(Failure) -> R {
    guard value.kind == .object else { throw Failure(.invalidRequest, "A request is an object.") }
    guard value.member("jsonrpc", { $0.string }) == "2.0" else {
      throw Failure(.invalidRequest, "jsonrpc must be \"2.0\".")
    }
    guard let method = value.member("method", { $0.string }) ?? nil else {
      throw Failure(.invalidRequest, "method must be a string.")
    }
    let outcome = try value.member("params") { params throws(Failure) -> R? in
      switch params.kind {
      case .null: return nil
      case .object: return try body(try Request(method, params), params)
      case .array: throw Failure(.invalidParams, "Parameters are given by name, in an object.", path: "")
      default: throw Failure(.invalidRequest, "params must be an object.")
      }
    }
    if let outcome, let result = outcome { return result }
    return try Document.withEmptyObject { params throws(Failure) in
      try body(Request(method: method, session: nil, token: nil), params)
    }
  }

  private init(method: String, session: String?, token: String?) {
    self.method = method
    self.session = session
    self.token = token
  }

  private init(_ method: String, _ params: borrowing Value) throws(Failure) {
    self.method = method
    session = try Self.string("session", in: params)
    token = try Self.string("token", in: params)
  }

  private static func string(_ name: String, in params: borrowing Value) throws(Failure) -> String? {
    try params.member(name) { value throws(Failure) in
      guard let string = value.string else {
        throw Failure(.invalidParams, "\(name) must be a string", path: "/\(name)")
      }
      return string
    }
  }
}
