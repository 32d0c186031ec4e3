import JSON

/// Whom rows of an import are about, as far as that can be told by their addresses and other identities: rows of one
/// customer have to take effect in their order, those of others need not.
///
/// It may take two for one, but never one for two: ASCII letters are compared whatever their case, all beyond ASCII is
/// left out, since the desk alone knows which of that is the same, and a row that cannot be read may be about anybody.
struct ImportedPeople {
  private var names: Set<String> = []
  private var isAnybody = false

  mutating func add(_ row: [UInt8]) {
    guard let document = try? Document(row.span) else {
      isAnybody = true
      return
    }
    document.withRoot { root in
      root.member("email") { add($0) }
      root.member("identities") { identities in
        for index in 0..<identities.count {
          identities.element(index) { identity in identity.member("value") { add($0) } }
        }
      }
    }
  }

  func meet(_ others: ImportedPeople) -> Bool {
    isAnybody || others.isAnybody || !names.isDisjoint(with: others.names)
  }

  private mutating func add(_ value: borrowing Value) {
    guard let text = value.string else { return }
    names.insert(String(decoding: text.utf8.filter { (0x21...0x7E).contains($0) }, as: UTF8.self).lowercased())
  }
}
