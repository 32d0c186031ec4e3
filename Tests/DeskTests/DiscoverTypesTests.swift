import TestSupport
import Testing

@testable import Desk

/// The files that are generated for other languages; written like the others.
extension DiscoverTests {
  @Test(
    arguments: [
      ("../clients/typescript/types/protocol.d.ts", TypeScriptTypes.declarations),
      ("../clients/typescript/src/methods.js", TypeScriptTypes.table),
      ("../clients/python/src/deskpipe/_protocol.py", PythonTypes.module),
      ("../clients/neovim/lua/deskpipe/words.lua", EditorTypes.lua),
      ("../clients/vim/autoload/deskpipe/methods.vim", EditorTypes.vim),
      ("../clients/emacs/deskpipe-methods.el", EditorTypes.elisp),
    ] as [(String, @Sendable () -> String)])
  func theCommittedTypesAreTheGeneratedOnes(_ file: String, _ generate: @Sendable () -> String) throws {
    try ProtocolFile(file).compare(to: generate())
  }

  @Test func theCommittedTypesOfTheDatabaseAreTheMigratedOnes() throws {
    let text = try DatabaseTypes.declarations(TestCluster.createDatabase().owner())
    try ProtocolFile("../clients/typescript/types/database.d.ts").compare(to: text)
  }

  @Test func aSchemaOfAllKeepsToTheCommonSubset() throws {
    let document = try #require(JSONTree(JSONSchemaTypes.document()))
    for (name, schema) in document["definitions"]?.members ?? [:] {
      #expect(SchemaRules.complaints(about: schema, at: name) == [])
    }
    #expect(document["definitions"]?["TicketsListParams"] != nil && document["definitions"]?["Ticket"] != nil)
  }
}
