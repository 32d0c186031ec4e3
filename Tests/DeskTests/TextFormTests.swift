import Testing
import Token

@testable import Desk

/// The forms of instants, ids and random bytes that are written without a library.
@Suite struct TextFormTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (1_709_251_199, "2024-02-29T23:59:59Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    (253_402_300_800, "10000-01-01T00:00:00Z"),
  ])
  func writesSeconds(_ seconds: Int, _ text: String) { #expect(UTC.text(seconds: seconds) == text) }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (7, "1970-01-01T00:00:00.007Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (1_795_729_741_921, "2026-11-26T21:49:01.921Z"),
  ])
  func writesMilliseconds(_ milliseconds: Int, _ text: String) {
    #expect(UTC.text(milliseconds: milliseconds) == text)
  }

  /// The largest expiry that a token may have.
  @Test func writesWhatIsFarAway() { #expect(UTC.text(seconds: 1 << 53).hasSuffix("Z")) }

  @Test func idsHaveTheirVersionAndTheirVariantAndNeverComeTwice() throws {
    let ids = (0..<10_000).map { _ in UUIDv7.make() }
    #expect(Set(ids).count == ids.count)
    let form = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    for id in ids { #expect(id.wholeMatch(of: form) != nil, "\(id)") }
    let times = ids.map { $0.prefix(13) }
    #expect(times == times.sorted())
    // Each of the 74 random bits is set in some and not in others.
    let digits = ids.map { Array($0.filter { $0 != "-" }).compactMap(\.hexDigitValue) }
    for place in 13..<32 where place != 16 { #expect(Set(digits.map { $0[place] }).count == 16) }
  }

  @Test(arguments: [0, 1, 10, 16, 64, 65, 1_023, 1_024, 5_000])
  func randomBytesAreAsManyAsWereAskedFor(_ count: Int) {
    let draws = (0..<200).map { _ in Random.bytes(count: count) }
    #expect(draws.allSatisfy { $0.count == count })
    if count >= 10 { #expect(Set(draws).count == draws.count) }
  }
}
