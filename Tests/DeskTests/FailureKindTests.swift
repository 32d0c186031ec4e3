import Testing

@testable import Desk

/// The catalogue of errors, by which clients decide what to do.
@Suite struct FailureKindTests {
  @Test func everyKindHasACodeOfItsOwn() {
    let codes = Dictionary(grouping: FailureKind.allCases, by: \.code)
    #expect(codes.filter { $0.value.count > 1 } == [:])
  }
}
