extension Document {
  /// Lends an empty object, for a request without parameters.
  public static func withEmptyObject<R, E: Error>(_ body: (borrowing Value) throws(E) -> R) throws(E) -> R {
    guard let document = try? Document("{}".utf8.span) else { preconditionFailure("{} is JSON") }
    return try document.withRoot(body)
  }
}

extension Schema {
  /// Reads a whole text, such as a row that PostgreSQL answered with.
  public func decode(_ text: String) throws(Fault) -> Output {
    let document: Document
    do throws(SyntaxError) { document = try Document(text.utf8.span) } catch {
      throw Fault("is not JSON", at: .root())
    }
    return try document.withRoot { value throws(Fault) in try decode(value, at: .root()) }
  }
}
