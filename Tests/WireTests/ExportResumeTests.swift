import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// An export that ends in the middle, and another that goes on with its file.
@Suite struct ExportResumeTests {
  private let files: BulkFiles

  init() throws { files = try BulkFiles() }

  /// What was noted is in the file, whenever that was; what came behind it is read again.
  @Test func goesOnWithAnExportThatWasKilled() throws {
    let count = 60_000
    try files.desk.database.superuser().run(
      """
      set session_replication_role = replica;
      insert into public.customers (organization_id, name, email, metadata)
      select o.id, 'Customer ' || i, 'k' || i || '@bulk.example', jsonb_build_object('text', repeat('x', i % 200))
        from organizations o cross join generate_series(1, \(count)) as i
       where o.clerk_id = '\(DemoDesk.organization)'
      """)
    let whole = files.folder.appending(path: "whole").path
    #expect(try files.run(["export", "customers", whole]).status == 0)
    let path = files.folder.appending(path: "killed").path
    let journal = path + ".deskpipe-export"
    let child = try Child(["export", "customers", path] + files.options)
    while child.status(within: 0) == nil, unsafe access(journal, F_OK) != 0 { poll(nil, 0, 1) }
    kill(child.pid, SIGKILL)
    #expect(child.status() == SIGKILL)
    let noted = try JSONSerialization.jsonObject(with: try Data(contentsOf: URL(filePath: journal))) as? [String: Any]
    #expect((1..<count).contains(try #require(noted?["exported"] as? Int)))
    #expect(try files.run(["export", "customers", path, "--resume"]).status == 0)
    #expect(FileManager.default.contentsEqual(atPath: path, andPath: whole))
    #expect(unsafe access(journal, F_OK) != 0)
  }
}
