import COpenSSL

/// AES-256-GCM by EVP_EncryptInit(3); a text is the ciphertext with its tag behind.
enum GCM {
  static let nonceCount = 12
  static let tagCount = 16

  static func encrypt(
    _ plaintext: [UInt8], key: SealingKey, nonce: [UInt8], associated: [UInt8]
  ) throws(SealingError) -> [UInt8] {
    guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("out of memory") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    var text = [UInt8](repeating: 0, count: plaintext.count + tagCount)
    var count: Int32 = 0
    guard let size = Int32(exactly: plaintext.count), let associatedSize = Int32(exactly: associated.count),
      unsafe EVP_EncryptInit_ex2(context, cipher.pointer, key.bytes, nonce, nil) == 1,
      unsafe EVP_EncryptUpdate(context, nil, &count, associated, associatedSize) == 1,
      unsafe EVP_EncryptUpdate(context, &text, &count, plaintext, size) == 1, count == size,
      unsafe EVP_EncryptFinal_ex(context, nil, &count) == 1
    else { preconditionFailure("libcrypto cannot encrypt") }
    let got = unsafe text.withUnsafeMutableBufferPointer { buffer in
      unsafe EVP_CIPHER_CTX_ctrl(
        context, EVP_CTRL_AEAD_GET_TAG, Int32(tagCount), buffer.baseAddress! + plaintext.count)
    }
    guard got == 1 else { preconditionFailure("libcrypto made no tag") }
    return text
  }

  static func decrypt(
    _ text: [UInt8], key: SealingKey, nonce: [UInt8], associated: [UInt8]
  ) throws(SealingError) -> [UInt8] {
    guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("out of memory") }
    defer {
      unsafe EVP_CIPHER_CTX_free(context)
      OpenSSL.clearErrors()
    }
    let size = text.count - tagCount
    var tag = Array(text[size...])
    var plaintext = [UInt8](repeating: 0, count: size)
    var count: Int32 = 0
    guard let length = Int32(exactly: size), let associatedLength = Int32(exactly: associated.count),
      unsafe EVP_DecryptInit_ex2(context, cipher.pointer, key.bytes, nonce, nil) == 1,
      unsafe EVP_DecryptUpdate(context, nil, &count, associated, associatedLength) == 1,
      unsafe EVP_DecryptUpdate(context, &plaintext, &count, text, length) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagCount), &tag) == 1,
      // Only here the tag is compared; before that the bytes are anybody's.
      unsafe EVP_DecryptFinal_ex(context, nil, &count) == 1
    else {
      unsafe OPENSSL_cleanse(&plaintext, size)
      throw .notAuthentic
    }
    return plaintext
  }

  private static let cipher = Cipher("AES-256-GCM")
}

/// A fetched cipher (EVP_CIPHER_fetch(3)).
///
/// Sendable since an `EVP_CIPHER` is never changed after the fetch.
@safe private final class Cipher: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ name: String) {
    guard let pointer = unsafe EVP_CIPHER_fetch(nil, name, nil) else { preconditionFailure("libcrypto lacks \(name)") }
    unsafe self.pointer = pointer
  }

  deinit { unsafe EVP_CIPHER_free(pointer) }
}
