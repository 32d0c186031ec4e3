import ArgumentParser

/// The desk has refused; its error is shown as it is.
struct Refused: Error {
  let json: String

  init(_ json: String) { self.json = json }

  /// Ends with the error on stderr and the exit code of a refusal, where that is what ends it.
  static func shown(_ body: () throws -> Void) throws {
    do { try body() } catch let refused as Refused {
      writeAll(refused.json + "\n", to: 2)
      throw ExitCode(1)
    }
  }
}
