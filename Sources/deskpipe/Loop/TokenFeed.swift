import Desk
import Glibc
import Postgres

/// Where tokens for the process's own session come from: tokens of Clerk's live a minute.
final class TokenFeed {
  enum Source {
    /// The host rewrites it.
    case file(String)
    /// Its stdout is a token.
    case command(String)
    case maker(() throws -> String)
  }

  private let source: Source
  /// What the file was like when it was read last.
  private var seen: FileState?
  private var isRunning = false

  init(_ source: Source) { self.source = source }

  /// Gets a token that the service asked for.
  func fetch(for engine: Engine) {
    switch source {
    case .file(let path):
      seen = FileState(path)
      engine.renew(Self.read(path), at: .now)
    case .maker(let make):
      let token: Result<String, Failure>
      do { token = .success(try make()) } catch { token = .failure(Self.unavailable("\(error)")) }
      engine.renew(token, at: .now)
    case .command(let command): run(command, for: engine)
    }
  }

  /// Looks whether the host has rewritten the file; cheap enough for every turn of the loop.
  func look(for engine: Engine) {
    guard case .file(let path) = source, let seen, let state = FileState(path), state != seen else { return }
    self.seen = state
    engine.renew(Self.read(path), at: .now)
  }

  private func run(_ command: String, for engine: Engine) {
    guard !isRunning else { return }
    isRunning = true
    engine.send { [feed = Weak(self), engine = Weak(engine)] in
      let token = Self.output(of: command)
      return {
        feed.value?.isRunning = false
        engine.value?.renew(token, at: .now)
      }
    }
  }

  private static func output(of command: String) -> Result<String, Failure> {
    // timeout(1) ends a command that never does.
    var shell = Command(["/usr/bin/timeout", "10", "/bin/sh", "-c", command], environment: Environment.withoutSettings)
    // A warning must not be taken for the token.
    shell.errors = .nowhere
    do throws(ClusterError) {
      let lines = try shell.run().split(separator: "\n")
      return .success(lines.last.map { $0.trimmingSpaces() } ?? "")
    } catch {
      // What the command says may hold a token.
      return .failure(unavailable("The token command failed."))
    }
  }

  private static func unavailable(_ message: String) -> Failure {
    Failure(.tokenRefused, message, reason: "token-unavailable")
  }

  private static func read(_ path: String) -> Result<String, Failure> {
    do { return .success(try TokenFile.read(path)) } catch {
      return .failure(unavailable("The token file cannot be used: \(error)"))
    }
  }
}

/// What tells that a file was rewritten.
private struct FileState: Equatable {
  let inode: UInt
  let size: Int
  let seconds: Int
  let nanoseconds: Int

  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}

/// A reference that a delivery carries back to the loop's thread, where alone it is used.
private struct Weak<Value: AnyObject>: @unchecked Sendable {
  weak var value: Value?

  init(_ value: Value) { self.value = value }
}
