import Foundation
import JSON
import Testing

@testable import Desk

/// What is generated from the table of methods. `WRITE_PROTOCOL=1` writes the files that are compared here.
@Suite struct DiscoverTests {
  @Test func theCommittedDocumentIsTheGeneratedOne() throws {
    let committed = try ProtocolFile("openrpc.json")
    let version = committed.version ?? "0.0.0"
    let document = try Document(Discover.document(version: version, examples: MethodExamples.all).utf8.span)
    try committed.compare(to: document.withRoot { $0.indented } + "\n")
  }

  @Test func theCommittedReferenceIsTheGeneratedOne() throws {
    try ProtocolFile("reference.md").compare(to: Discover.reference())
  }

  @Test func everyFileOfExamplesIsReadable() {
    #expect(MethodExamples.all.count == EmbeddedExamples.texts.count)
    for file in MethodExamples.all {
      #expect(Methods.byName[file.method] != nil, "\(file.method)")
      #expect(file.examples.allSatisfy { ($0.result == nil) != ($0.error == nil) && !$0.name.isEmpty })
    }
  }

  @Test func everyReferenceOfTheDocumentLeadsSomewhere() throws {
    let text = Discover.document(version: "1.2.3", examples: [])
    let document = try Document(text.utf8.span)
    for part in text.split(separator: "\"$ref\":\"#/components/").dropFirst() {
      let names = part.prefix { $0 != "\"" }.split(separator: "/").map(String.init)
      #expect(names.count == 2)
      let isThere = document.withRoot { root in
        root.member("components") { $0.member(names[0]) { $0.has(names[1]) } ?? false } ?? false
      }
      #expect(isThere, "\(names)")
    }
  }

  @Test func theCommonMembersAreThoseOfEveryRequest() {
    #expect(DiscoverMethod.common.map(\.name) == Request.common)
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

  /// The version that an OpenRPC document is of.
  var version: String? {
    (try? Document(text.utf8.span))?.withRoot { root in
      root.member("info") { info in info.member("version") { $0.string } ?? nil } ?? nil
    }
  }

  func compare(to generated: String) throws {
    if ProcessInfo.processInfo.environment["WRITE_PROTOCOL"] != nil, text != generated {
      return try Data(generated.utf8).write(to: file)
    }
    let isEqual = text == generated
    #expect(isEqual, "\(file.lastPathComponent) is not what the methods say; test with WRITE_PROTOCOL=1 writes it")
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../protocol").standardized
}
