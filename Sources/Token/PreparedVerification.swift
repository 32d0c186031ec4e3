import COpenSSL

/// What verifies the signatures of one key, made once and used again and again (EVP_PKEY_verify(3)).
///
/// To make it for each signature costs much of a verification: libcrypto fetches anew what it has fetched before.
/// Sendable since its contexts belong to no thread; only two uses at once are forbidden, and its use is `mutating`.
@safe struct PreparedVerification: ~Copyable, @unchecked Sendable {
  /// Whether libcrypto takes the key for RSASSA-PKCS1-v1_5 signatures with SHA-256.
  let isReady: Bool
  private let context: OpaquePointer?
  private let hash: OpaquePointer?

  /// It keeps the key.
  init(for key: OpaquePointer) {
    let context = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key, nil)
    let hash = unsafe EVP_MD_CTX_new()
    unsafe self.context = context
    unsafe self.hash = hash
    isReady =
      unsafe context != nil && hash != nil && EVP_PKEY_verify_init(context) == 1
      && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
      && EVP_PKEY_CTX_set_signature_md(context, OpenSSL.sha256.pointer) == 1
  }

  deinit {
    unsafe EVP_PKEY_CTX_free(context)
    unsafe EVP_MD_CTX_free(hash)
  }

  /// Whether this is the key's signature of a message.
  mutating func accepts(_ signature: [UInt8], of message: Span<UInt8>) -> Bool {
    let (context, hash) = unsafe (context, hash)
    let result = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digest in
      let isHashed = unsafe message.withUnsafeBufferPointer { message in
        unsafe EVP_DigestInit_ex2(hash, OpenSSL.sha256.pointer, nil) == 1
          && EVP_DigestUpdate(hash, message.baseAddress, message.count) == 1
          && EVP_DigestFinal_ex(hash, digest.baseAddress, nil) == 1
      }
      guard isHashed else { return Int32(-1) }
      return unsafe EVP_PKEY_verify(context, signature, signature.count, digest.baseAddress, digest.count)
    }
    // 0 is a bad signature and less is an error; both leave entries in the queue.
    guard result == 1 else {
      OpenSSL.clearErrors()
      return false
    }
    return true
  }
}
