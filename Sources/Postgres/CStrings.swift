import Glibc

/// Lends C copies of the texts, nil staying NULL, as an array for libpq and posix_spawn.
func withCStrings<R>(_ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
  let copies = unsafe texts.map { text in unsafe text.map { unsafe strdup($0) } ?? nil }
  defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
  return unsafe copies.map { unsafe UnsafePointer($0) }.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}
