import Foundation
import JSON
import Testing

@testable import Desk

/// Whether openrpc.json is what it says it is.
@Suite struct OpenRPCTests {
  private static let document = Discover.document(version: "1.2.3", examples: MethodExamples.all)

  @Test func theDocumentFollowsOpenRPC() throws {
    #expect(OpenRPCRules.complaints(about: try #require(JSONTree(Self.document))) == [])
  }

  /// The rules can say no.
  @Test(
    arguments: [
      (#""openrpc":"1.3.2""#, #""openrpc":"1.2.6""#), (#""openrpc":"1.3.2","#, ""),
      (#""paramStructure":"by-name""#, #""paramStructure":"named""#),
      (#""name":"session.refresh""#, #""name":"session.open""#),
      (#""name":"session.refresh","#, ""), (#""name":"session.refresh""#, #""name":"""#),
      (#""params":["#, #""params":[{"name":"token"},"#),
      (#""params":["#, #""params":[{"name":"later","required":false,"schema":{}},"#),
      (#""result":{"#, #""answer":1,"result":{"#),
      (#""code":-32700"#, #""code":"-32700""#), (##""$ref":"#/components/errors/busy""##, ##""$ref":"#/errors/busy""##),
      (##"{"$ref":"#/components/schemas/"##, ##"{"description":"x","$ref":"#/components/schemas/"##),
      (#""type":"string""#, #""type":["string"]"#), (#""type":"string""#, #""const":"string""#),
      (#""items":{"#, #""prefixItems":{"#), (#""required":["#, #""required":["nowhere","#),
    ] as [(String, String)])
  func theRulesRefuseWhatIsWrong(_ right: String, _ wrong: String) throws {
    let range = try #require(Self.document.range(of: right))
    let changed = Self.document.replacingCharacters(in: range, with: wrong)
    #expect(OpenRPCRules.complaints(about: try #require(JSONTree(changed))) != [])
  }

  @Test func everyMethodTellsItsEffect() {
    for method in Methods.all {
      if method.access == .read { #expect(method.effect == .read, "\(method.name)") }
      if method.verb == "delete" { #expect(method.effect == .destructive, "\(method.name)") }
      #expect(!method.summary.isEmpty && method.summary.hasSuffix("."), "\(method.name)")
    }
    let visible = Methods.all.filter { $0.effect == .customerVisible }.map(\.name)
    #expect(Set(visible).isSuperset(of: ["messages.create", "macros.apply", "tickets.create"]))
  }

  @Test func everyNameOfATypeIsThere() {
    let types = DiscoverTypes(Methods.all)
    let names = types.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isSuperset(of: ["Ticket", "TicketRow", "TicketStatus", "Message", "Customer", "Session"]))
    for method in Methods.all where !method.result.properties.isEmpty {
      #expect(types.named(method.result) != nil, "\(method.name)")
    }
  }
}
