import Testing

@testable import deskpipe

/// Comma-separated values, read and written.
@Suite struct CSVTests {
  private static func read(_ text: String, inPiecesOf size: Int, separator: UInt8 = UInt8(ascii: ",")) -> [String] {
    var reader = CSVReader(separator: separator, limit: 40)
    var records: [String] = []
    let take = { (record: CSVReader.Record) in
      switch record {
      case .fields(let fields):
        records.append(fields.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|"))
      case .faulty(let message): records.append("! " + message)
      }
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.append(bytes[start..<min(bytes.count, start + size)], take)
    }
    reader.finish(take)
    return records
  }

  private static let records: [(text: String, expected: [String])] = [
    ("", []), ("\n\r\n\r", []), ("a", ["a"]), ("a,b\n", ["a|b"]), ("a,b\r\nc,d", ["a|b", "c|d"]),
    ("a\rb\r", ["a", "b"]),
    ("\u{FEFF}a,b\n", ["a|b"]), (",\n", ["|"]), ("a,\n,b\n", ["a|", "|b"]), ("\"\"\n", [""]), ("\"\",\"\"", ["|"]),
    ("\"a,b\",c\n", ["a,b|c"]), ("\"a\"\"b\"\n", ["a\"b"]), ("\"a\nb\",c\n", ["a\nb|c"]),
    ("\"a\r\nb\"\r\nc", ["a\r\nb", "c"]),
    ("a\"b\n", ["a\"b"]), ("\"a\"b\nc\n", ["! something follows a closing quote", "c"]),
    ("a\n\"b", ["a", "! a quote is never closed"]), ("é,ü\n", ["é|ü"]),
    (String(repeating: "x", count: 50) + "\nb\n", ["! longer than 40 bytes", "b"]),
  ]

  @Test(arguments: records, [1, 2, 3, 1_000]) func readsRecords(_ row: (text: String, expected: [String]), _ size: Int)
  {
    #expect(Self.read(row.text, inPiecesOf: size) == row.expected)
  }

  @Test func readsOtherSeparators() {
    #expect(Self.read("a;b,c\n", inPiecesOf: 7, separator: UInt8(ascii: ";")) == ["a|b,c"])
    #expect(Self.read("a\tb\n", inPiecesOf: 7, separator: 0x09) == ["a|b"])
  }

  @Test(arguments: [
    ("plain", "plain", "plain"), ("a,b", "\"a,b\"", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\""),
    ("two\nlines", "\"two\nlines\"", "\"two\nlines\""), (" x", "\" x\"", "\" x\""), ("", "", ""),
    ("=1+1", "=1+1", "'=1+1"), ("@sum", "@sum", "'@sum"), ("-5", "-5", "-5"), ("+x", "+x", "'+x"),
  ])
  func quotesWhereItMust(_ text: String, _ plain: String, _ safe: String) {
    #expect(CSVWriter([], isSpreadsheetSafe: false).quoted(text) == plain)
    #expect(CSVWriter([], isSpreadsheetSafe: true).quoted(text) == safe)
  }

  private static let types = ["plan": "select", "seats": "number", "beta": "boolean", "tools": "multiselect"]

  @Test(arguments: [
    ("name,email", "Ann,ann@example.com", #"{"name":"Ann","email":"ann@example.com"}"#),
    ("name,email,id,version", "Ann,,x,3", #"{"name":"Ann"}"#),
    ("email,metadata", #"a@b.c,"{""a"":1.50}""#, #"{"email":"a@b.c","metadata":{"a":1.50}}"#),
    ("email,metadata.city", "a@b.c,Ulm", #"{"email":"a@b.c","metadata":{"city":"Ulm"}}"#),
    ("fields.seats,fields.beta", "1.50,TRUE", #"{"fields":{"seats":1.50,"beta":true}}"#),
    ("fields.seats,fields.plan", "many,5", #"{"fields":{"seats":"many","plan":"5"}}"#),
    ("fields.tools", "saw; axe", #"{"fields":{"tools":["saw","axe"]}}"#),
    ("fields.tools", #""[""saw""]""#, #"{"fields":{"tools":["saw"]}}"#),
  ])
  func makesRowsOfRecords(_ header: String, _ record: String, _ expected: String) throws {
    var reader = CSVReader()
    var records: [[[UInt8]]] = []
    reader.append(Array("\(header)\n\(record)\n".utf8)[...]) {
      if case .fields(let fields) = $0 { records.append(fields) }
    }
    let columns = try CSVColumns(header: records[0], types: Self.types)
    #expect(try String(decoding: columns.row(records[1]).get(), as: UTF8.self) == expected)
  }

  @Test(arguments: ["name,name", "nickname", "fields.size", ""]) func refusesAHeader(_ header: String) {
    let names = header.split(separator: ",", omittingEmptySubsequences: false).map { Array($0.utf8) }
    #expect(throws: Complaint.self) { try CSVColumns(header: names, types: Self.types) }
  }

  @Test func findsItemsByTheirBrackets() {
    let array = Array(#"[{"a": "}{"}, {"b": {"c": ["\"}"]}}, {}]"#.utf8)
    var items: [String] = []
    for item in JSONParts.nested(in: array[...])?.parts ?? [] {
      items.append(String(decoding: array[item], as: UTF8.self))
    }
    #expect(items == [#"{"a": "}{"}"#, #"{"b": {"c": ["\"}"]}}"#, "{}"])
  }
}
