import COpenSSL

/// What the process fetches from libcrypto once: a fetch for each call would cost as much as a hash.
enum OpenSSL {
  static let sha256 = Digest("SHA256")

  /// Forgets what a failed call left in the thread's error queue, so that no later call reports it as its own.
  static func clearErrors() { ERR_clear_error() }
}

/// A fetched digest (EVP_MD_fetch(3)).
///
/// Sendable since an `EVP_MD` is never changed after the fetch.
@safe final class Digest: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ name: String) {
    guard let pointer = unsafe EVP_MD_fetch(nil, name, nil) else { preconditionFailure("libcrypto lacks \(name)") }
    unsafe self.pointer = pointer
  }

  deinit { unsafe EVP_MD_free(pointer) }
}
