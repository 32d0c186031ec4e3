import JSON
import Testing

@testable import Token

@Suite struct TokenObjectTests {
  /// Jansson as the judge: what `TokenObject` takes, it takes, and both see the same strings and integers.
  @Test func agreesWithJanssonOnMutatedTexts() throws {
    let texts =
      [Tokens.version1, Tokens.version2].map { Array(Tokens.object($0).utf8) } + [
        Array(#"{"sub":"\u0041\ud83d\ude00\"\\\/\b\f\n\r\t\u0000é","x":[{"sub":1,"exp":[]},"a",[ ]],"exp" : -0 }"#.utf8)
      ]
    var mutator = Mutator(seed: 3)
    var taken = 0
    for round in 0..<FuzzTests.rounds {
      var text = mutator.mutate(texts[round % 3], with: texts[(round + 1) % 3])
      let given = text
      guard let object = TokenObject(&text) else { continue }
      taken += 1
      var passed = given
      _ = try Scanner(rawMembers: [], maximumDepth: 16).scan(&passed)
      let document = try Document(passed.span, duplicates: .refused)
      document.withRoot { root in
        for name: TokenObject.Name in ["sub", "exp", "iat", "v", "iss", "x", "azp", "sid"] {
          #expect(object.has(name) == root.has("\(name)"))
          #expect(object.string(name).map { Array($0.utf8) } == root.string("\(name)").map { Array($0.utf8) })
          #expect(object.integer(name) == root.member("\(name)") { $0.integer } ?? nil)
          #expect((object.object(name) != nil) == (root.member("\(name)") { $0.kind == .object } ?? false))
          let strings = root.member("\(name)") { list in
            list.kind == .array ? (0..<list.count).map { list.element($0) { $0.string } ?? nil } : nil
          }
          #expect(object.strings(name) == strings ?? nil)
        }
      }
    }
    #expect(taken > FuzzTests.rounds / 50)
  }

  /// And what Jansson refuses for a member that comes twice, `TokenObject` refuses.
  @Test func agreesWithJanssonOnMembersThatComeTwice() throws {
    let names = ["a", "b", #"\u0061"#, #"\u00e9"#, "é", "ab", "", #"\n"#, #"\/"#, "/", "A"]
    for first in names {
      for second in names {
        for (before, behind) in [("", ""), (#""x":["#, "]"), (#""x":{"y":"#, "}")] {
          var text = Array(
            "{\(before)\(before.isEmpty ? "" : "{")\"\(first)\":1, \"\(second)\":{} \(before.isEmpty ? "" : "}")\(behind)}"
              .utf8)
          let judged = (try? Document(text.span, duplicates: .refused)) != nil
          let taken = TokenObject(&text) != nil
          #expect(taken == judged, "\(String(decoding: text, as: UTF8.self))")
        }
      }
    }
  }

  @Test func thousandsOfMembersTakeNoLongTime() {
    let members = (0..<2_000).map { "\"m\($0)\":0" }
    let clock = ContinuousClock()
    var results: [Bool] = []
    let time = clock.measure {
      for text in [members, members + [#""m7":1"#]] {
        var bytes = Array("{\(text.joined(separator: ","))}".utf8)
        results.append(TokenObject(&bytes) != nil)
      }
    }
    #expect(results == [true, false])
    #expect(time < .seconds(2))
  }
}
