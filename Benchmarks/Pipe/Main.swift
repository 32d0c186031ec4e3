import Glibc
import Postgres
import TestSupport

/// `make bench`: requests a second through the pipe beside pgbench, which runs the same statements in pipeline mode on
/// the same cluster.
///
/// Usage: `bench DESKPIPE [SECONDS]`. The statements are those that the server has seen the service send.
@main enum Main {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else { stop("usage: bench DESKPIPE [SECONDS]") }
    // The service is started from another folder.
    guard let path = unsafe realpath(arguments[1], nil) else { stop("there is no \(arguments[1])") }
    defer { unsafe free(path) }
    do {
      try run(deskpipe: unsafe String(cString: path), seconds: arguments.count > 2 ? Int(arguments[2]) ?? 5 : 5)
    } catch {
      stop("\(error)")
    }
  }

  private static func run(deskpipe: String, seconds: Int) throws {
    let cluster = try Cluster(home: TemporaryFolder().path + "/home")
    try cluster.start()
    let desk = try Desk(cluster, deskpipe: deskpipe)
    say("\(desk.tickets) tickets; \(seconds) seconds each; 4 connections; 64 requests under way\n")
    say("method          deskpipe/s   CPU us   pgbench/s   ratio\n")
    for workload in desk.workloads {
      let statements = try desk.statements(of: workload)
      let pgbench = try desk.pgbench(statements, seconds: seconds)
      let service = try desk.serve(workload, seconds: seconds)
      say(
        padded(workload.name, 14, right: false) + padded(String(Int(service.rate)), 12)
          + padded(String(Int(service.microseconds.rounded())), 9) + padded(String(Int(pgbench)), 12)
          + padded(hundredths(service.rate / pgbench), 8) + "\n")
    }
  }

  private static func padded(_ text: String, _ width: Int, right: Bool = true) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  private static func hundredths(_ number: Double) -> String {
    let value = Int((number * 100).rounded())
    let rest = String(value % 100)
    return "\(value / 100)." + (rest.count < 2 ? "0" + rest : rest)
  }
}

func say(_ text: String) { _ = unsafe write(1, text, text.utf8.count) }

func stop(_ message: String) -> Never {
  let line = "bench: \(message)\n"
  _ = unsafe write(2, line, line.utf8.count)
  exit(1)
}
