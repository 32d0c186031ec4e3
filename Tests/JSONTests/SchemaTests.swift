import JSON
import Testing

@Suite struct SchemaTests {
  struct Pair: Equatable {
    let name: String
    let count: Int?
  }

  static let pair = Schema<Pair>.object(
    .required("name", .text(1...5), "A name."), .optional("count", .integer(0...9), "How many."), as: Pair.init)

  @Test func decodesAnObjectInAnyOrder() throws {
    #expect(try Self.pair.decode(#"{"count":3,"name":"a"}"#) == Pair(name: "a", count: 3))
    #expect(try Self.pair.decode(#"{"name":"a"}"#) == Pair(name: "a", count: nil))
  }

  @Test(arguments: [
    (#"{}"#, "/name", "is required"),
    (#"[]"#, "", "must be an object"),
    (#"{"name":1}"#, "/name", "must be a string"),
    (#"{"name":null}"#, "/name", "must be a string"),
    (#"{"name":""}"#, "/name", "must have 1 to 5 characters"),
    (#"{"name":"123456"}"#, "/name", "must have 1 to 5 characters"),
    (#"{"name":"a\u0000"}"#, "/name", "must not contain U+0000"),
    (#"{"name":"a","count":10}"#, "/count", "must be an integer from 0 to 9"),
    (#"{"name":"a","count":1.0}"#, "/count", "must be an integer from 0 to 9"),
    (#"{"name":"a","count":"1"}"#, "/count", "must be an integer from 0 to 9"),
    (#"{"name":"a","a/b~":1}"#, "/a~1b~0", "is not a parameter here"),
  ]) func pointsAtTheFault(_ json: String, _ pointer: String, _ message: String) {
    #expect(throws: Fault(message, pointer: pointer)) { try Self.pair.decode(json) }
  }

  @Test(arguments: [
    ("a", true), (" a ", true), ("\u{200D}", true), (" ", false), ("\t\r\n", false), ("\u{A0}", false),
    ("\u{3000}\u{2003}", false), ("", false),
  ]) func tellsBlankText(_ text: String, _ isFine: Bool) {
    for schema in [Schema<String>.text(1...5).notBlank, Schema<String>.bytes(1...9).notBlank] {
      #expect(((try? schema.decode(Line.quoted(text))) != nil) == isFine, "\(text)")
    }
    #expect(Schema<String>.text(1...5).notBlank.shape.jsonSchema.contains(#""pattern":"\\S""#))
  }

  @Test func pointsIntoListsAndObjects() {
    let nested = Schema<[Pair]>.object(.required("pairs", .list(of: Self.pair, atMost: 3)), as: { $0 })
    #expect(throws: Fault("is required", pointer: "/pairs/1/name")) {
      try nested.decode(#"{"pairs":[{"name":"a"},{}]}"#)
    }
    #expect(throws: Fault("must be a list of at most 3", pointer: "/pairs")) {
      try nested.decode(#"{"pairs":[1,2,3,4]}"#)
    }
  }

  @Test(arguments: [
    ("2026-01-31T12:00:00Z", true), ("2026-01-31T12:00:00.123456+05:30", true), ("2024-02-29T00:00:00Z", true),
    ("2023-02-29T00:00:00Z", false), ("2026-01-31", false), ("2026-01-31 12:00:00Z", false), ("now", false),
    ("2026-01-31T24:00:00Z", false), ("2026-01-31T12:00:00", false), ("2026-01-31T12:00:00.Z", false),
    ("2026-13-01T12:00:00Z", false), ("2026-01-31T12:00:00+16:00", false), ("0000-01-31T12:00:00Z", false),
  ]) func readsTimesOfRFC3339Only(_ text: String, _ isFine: Bool) {
    #expect(((try? Schema<String>.time.decode(Line.quoted(text))) != nil) == isFine)
  }

  @Test(arguments: [
    ("0190d5c2-7f3a-7000-8000-00000000abcd", true), ("0190D5C2-7F3A-7000-8000-00000000ABCD", true),
    ("0190d5c27f3a7000800000000000abcd", false), ("0190d5c2-7f3a-7000-8000-00000000abcg", false), ("", false),
    ("{0190d5c2-7f3a-7000-8000-00000000abcd}", false),
  ]) func readsUUIDsInOneFormOnly(_ text: String, _ isFine: Bool) {
    #expect(((try? Schema<String>.uuid.decode(Line.quoted(text))) != nil) == isFine)
  }

  @Test(arguments: [
    ("a@b", true), ("ä@ö.example", true), ("a@b@c", false), ("@b", false), ("a@", false), ("a b@c", false),
    (String(repeating: "x", count: 319) + "@b", false),
  ]) func readsAddresses(_ text: String, _ isFine: Bool) {
    #expect(((try? Schema<String>.emailAddress.decode(Line.quoted(text))) != nil) == isFine)
  }

  @Test func writesJSONSchema() {
    #expect(
      Self.pair.shape.jsonSchema == """
        {"type":"object","properties":{\
        "name":{"description":"A name.","type":"string","minLength":1,"maxLength":5},\
        "count":{"description":"How many.","type":"integer","minimum":0,"maximum":9}},\
        "required":["name"],"additionalProperties":false}
        """)
  }

  @Test func namesRawMembersByPointer() {
    let shape = Shape.object([
      .init("metadata", .raw(maximumBytes: 10)),
      .init("message", .object([.init("metadata", .nullable(.raw(maximumBytes: 10)))])),
    ])
    #expect(shape.rawPointers() == ["/metadata", "/message/metadata"])
  }
}
