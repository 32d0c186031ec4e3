import Foundation
import JSON
import Testing

@testable import Desk

/// What is generated from the table of methods. `WRITE_PROTOCOL=1` writes the files that are compared here.
@Suite struct DiscoverTests {
  @Test func theCommittedDocumentIsTheGeneratedOne() throws {
    let document = Discover.document(version: Description.release, examples: MethodExamples.all)
    try ProtocolFile("openrpc.json").compare(to: Discover.indented(document) + "\n")
  }

  @Test func theCommittedReferenceIsTheGeneratedOne() throws {
    let pages = Discover.reference(examples: MethodExamples.all)
    for page in pages { try ProtocolFile("reference/\(page.name)").compare(to: page.text) }
    let committed = try FileManager.default.contentsOfDirectory(atPath: ProtocolFile.folder.path + "/reference")
    #expect(Set(committed) == Set(pages.map(\.name)), "a page of a namespace that is gone")
  }

  /// A guide that is written later is found from where people begin.
  @Test func everyGuideIsNamed() throws {
    let guides = try FileManager.default.contentsOfDirectory(atPath: ProtocolFile.folder.path)
      .filter { $0.hasSuffix(".md") }
    #expect(guides.count > 7)
    let index = try Self.index
    let project = try ProtocolFile("../README.md").text
    #expect(guides.filter { !index.contains("](../\($0))") } == [])
    #expect(guides.filter { !project.contains("](protocol/\($0))") } == [])
  }

  /// The clients are made for this version of the wire, and say so where their package managers look.
  @Test(arguments: [
    ("python/pyproject.toml", #"version = "*""#), ("python/src/deskpipe/__init__.py", #"__version__ = "*""#),
    ("typescript/package.json", #""version": "*""#), ("emacs/deskpipe.el", ";; Version: *"),
  ]) func everyClientHasTheWiresVersion(_ file: String, _ line: String) throws {
    let lines = try ProtocolFile("../clients/\(file)").text.split(separator: "\n")
      .map { $0.trimmingCharacters(in: [" ", ","]) }
    #expect(lines.contains(line.replacing("*", with: Description.release)))
  }

  /// Members that OpenRPC does not know are told to people.
  @Test func everyExtensionIsTold() throws {
    let document = try #require(
      JSONTree(Discover.document(version: Description.release, examples: MethodExamples.all)))
    let methods = (document["methods"]?.elements ?? []).flatMap { ($0.members ?? [:]).keys }
    let extensions = Set(methods + (document.members ?? [:]).keys).filter { $0.hasPrefix("x-") }
    #expect(extensions.count > 5)
    let index = try Self.index
    #expect(extensions.filter { !index.contains("`\($0)`") } == [])
  }

  /// What stands for something else in examples is told in the document that has them.
  @Test func whatExamplesLeaveOutIsTold() throws {
    let document = Discover.document(version: Description.release, examples: MethodExamples.all)
    let description = try #require(JSONTree(document)?["info"]?["description"]?.string)
    let index = try Self.index
    let marks = ["...", "<tomorrow>"]
    #expect(marks.filter { !document.contains("\"\($0)\"") } == [], "no example has it any more")
    #expect(marks.filter { !description.contains($0) || !index.contains("`\($0)`") } == [])
  }

  /// The page that the reference begins with, as it is generated.
  private static var index: String {
    get throws { try #require(Discover.reference(examples: []).first { $0.name == "README.md" }).text }
  }

  @Test func everyFileOfExamplesIsReadable() {
    #expect(MethodExamples.all.count == EmbeddedExamples.texts.count)
    for file in MethodExamples.all {
      #expect(Methods.byName[file.method] != nil, "\(file.method)")
      #expect(file.examples.allSatisfy { ($0.result == nil) != ($0.error == nil) && !$0.name.isEmpty })
    }
  }

  @Test func theCommonMembersAreThoseOfEveryRequest() {
    #expect(DiscoverMethod.ofSessions.map(\.name) == Request.common)
    for method in Methods.all {
      let described = DiscoverMethod.common.map(\.name).filter(method.commonMembers.contains)
      #expect(method.commonMembers == described)
      #expect(method.params.properties.allSatisfy { !method.commonMembers.contains($0.name) })
    }
  }
}

/// A file under protocol/.
struct ProtocolFile {
  let file: URL
  let text: String

  init(_ name: String) throws {
    file = Self.folder.appending(path: name)
    text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  func compare(to generated: String) throws {
    if ProcessInfo.processInfo.environment["WRITE_PROTOCOL"] != nil, text != generated {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return try Data(generated.utf8).write(to: file)
    }
    let isEqual = text == generated
    #expect(isEqual, "\(file.lastPathComponent) is not what the methods say; test with WRITE_PROTOCOL=1 writes it")
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../protocol").standardized
}
