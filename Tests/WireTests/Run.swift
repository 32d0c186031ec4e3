import Foundation
import Testing

/// A command as a shell meets it: what it prints where, and its exit code.
struct Run {
  let output: String
  let errors: String
  let status: Int32?

  init(
    _ arguments: [String], environment: [String: String] = [:], input: String = "", program: URL = Child.binary
  ) throws {
    let child = try Child(arguments, environment: environment, program: program)
    child.send(input)
    child.closeInput()
    output = child.lines().joined(separator: "\n")
    status = child.status()
    errors = child.errorText
  }
}
