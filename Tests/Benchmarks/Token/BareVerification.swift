import COpenSSL

/// One RSA-2048 signature over a digest and the context that verifies it, again and again.
@safe final class BareVerification {
  private let context: OpaquePointer
  private let digest = [UInt8](repeating: 7, count: 32)
  private var signature = [UInt8](repeating: 0, count: 256)

  init() {
    var key: OpaquePointer?
    let maker = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
    precondition(unsafe EVP_PKEY_keygen_init(maker) == 1 && EVP_PKEY_generate(maker, &key) == 1)
    unsafe EVP_PKEY_CTX_free(maker)
    let signing = unsafe EVP_PKEY_CTX_new(key, nil)
    var count = signature.count
    precondition(unsafe EVP_PKEY_sign_init(signing) == 1)
    precondition(unsafe EVP_PKEY_sign(signing, &signature, &count, digest, digest.count) == 1)
    unsafe EVP_PKEY_CTX_free(signing)
    guard let context = unsafe EVP_PKEY_CTX_new(key, nil) else { preconditionFailure("out of memory") }
    precondition(unsafe EVP_PKEY_verify_init(context) == 1)
    unsafe EVP_PKEY_free(key)
    unsafe self.context = context
  }

  deinit { unsafe EVP_PKEY_CTX_free(context) }

  func verify() {
    precondition(unsafe EVP_PKEY_verify(context, signature, signature.count, digest, digest.count) == 1)
  }
}
