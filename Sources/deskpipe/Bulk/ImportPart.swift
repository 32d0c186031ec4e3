/// Rows that are imported by one call.
struct ImportPart {
  let number: Int
  /// The call's parameters.
  let params: [UInt8]
  /// Which rows of the file it holds, from 1, in their order.
  let rows: [Int]
  let failed: Int
  /// How much of the file had been read when it was complete.
  let position: Int
  let people: ImportedPeople
}
