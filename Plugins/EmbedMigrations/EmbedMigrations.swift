import Foundation
import PackagePlugin

/// Turns the SQL files under migrations/ into Swift literals of the Postgres module, so that the binary is
/// complete by itself.
@main struct EmbedMigrations: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "migrations")
    let files = try ["", "demo"].flatMap { try sqlFiles(in: root.appending(path: $0)) }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) SQL files",
        executable: try context.tool(named: "embed-files").url,
        arguments: ["migrations", output.path()] + files.map { $0.path() },
        inputFiles: files,
        outputFiles: [output])
    ]
  }

  /// The generated dump of the whole schema lies beside the migrations and is none; migrations start with digits.
  private func sqlFiles(in folder: URL) throws -> [URL] {
    guard FileManager.default.fileExists(atPath: folder.path()) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "sql" && $0.lastPathComponent.first?.isNumber == true }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
