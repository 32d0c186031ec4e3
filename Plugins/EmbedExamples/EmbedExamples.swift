import Foundation
import PackagePlugin

/// Turns the examples under protocol/examples into Swift literals of the Desk module, since rpc.discover answers with
/// them.
@main struct EmbedExamples: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "protocol/examples")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedExamples.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) files of examples",
        executable: try context.tool(named: "embed-files").url,
        arguments: ["examples", output.path()] + files.map { $0.path() },
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
