import CJansson

/// The name of a member as Jansson takes it, made once: to make it for each look would cost more than the look.
///
/// `@unchecked Sendable`, since the bytes are never written after they were made.
@safe @usableFromInline final class MemberName: @unchecked Sendable {
  private let bytes: UnsafePointer<CChar>

  @usableFromInline init(_ text: String) {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 1)
    for (index, byte) in text.utf8.enumerated() { unsafe copy[index] = CChar(bitPattern: byte) }
    unsafe copy[text.utf8.count] = 0
    unsafe bytes = UnsafePointer(copy)
  }

  deinit { unsafe bytes.deallocate() }

  /// The member of that name; nil when there is none or this is no object.
  func find(in object: UnsafeMutablePointer<json_t>) -> UnsafeMutablePointer<json_t>? {
    unsafe json_object_get(object, bytes)
  }
}
