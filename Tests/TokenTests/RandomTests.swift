import Testing

@testable import Token

@Suite struct RandomTests {
  /// Around what is drawn ahead, and around what the kernel gives at once.
  @Test(arguments: [0, 1, 16, 64, 65, 255, 256, 257, 1_000]) func givesSoManyBytesAndOthersEachTime(_ count: Int) {
    let draws = (0..<20).map { _ in Random.bytes(count: count) }
    #expect(draws.allSatisfy { $0.count == count })
    guard count >= 16 else { return }
    #expect(Set(draws).count == 20)
    // Sixteen zeros in a row would be bytes that nobody has written.
    #expect(draws.allSatisfy { $0.split { $0 != 0 }.allSatisfy { $0.count < 16 } })
  }

  @Test func noTwoHandlesAreTheSame() {
    let handles = (0..<10_000).map { _ in Random.handle() }
    #expect(Set(handles).count == 10_000 && handles.allSatisfy { $0.utf8.count == 22 })
  }
}
