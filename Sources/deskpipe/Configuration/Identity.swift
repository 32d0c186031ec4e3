import Desk
import Glibc
import Token

extension Configuration {
  /// The keys that tokens are verified with.
  func keys() throws -> KeySet {
    do {
      if let pem = self[.clerkJWTKey] { return try KeySet(pem: pem) }
      if let path = self[.clerkJWKSFile] {
        guard let bytes = readFile(path) else {
          throw ConfigurationError(.clerkJWKSFile, "names \(path), which cannot be read: \(errorText())")
        }
        return try KeySet(jwks: bytes)
      }
    } catch let error as KeyError {
      throw ConfigurationError(self[.clerkJWTKey] == nil ? .clerkJWKSFile : .clerkJWTKey, error.description)
    }
    throw ConfigurationError(.clerkJWTKey, "is not set; it is Clerk's public key, that tokens are verified with")
  }

  func policy() throws -> Policy {
    let issuers = list(.clerkIssuer)
    guard !issuers.isEmpty else {
      throw ConfigurationError(.clerkIssuer, "is not set; it is the address of Clerk's Frontend API, as in iss")
    }
    var policy = Policy(issuers: issuers)
    policy.authorizedParties = list(.clerkAuthorizedParties)
    policy.audiences = list(.clerkAudience)
    policy.skew = try integer(.clockSkew, 0...60, default: policy.skew)
    return policy
  }

  func sealer() throws -> Sealer? {
    let keys = list(.secretKeys)
    guard !keys.isEmpty else { return nil }
    do throws(SealingError) { return try Sealer(keys: keys) } catch {
      throw ConfigurationError(.secretKeys, "\(error)")
    }
  }

  /// The token of the process's own session, where a file is named.
  func token() throws -> String? {
    guard let path = self[.tokenFile] else { return nil }
    var status = stat()
    guard unsafe stat(path, &status) == 0, let bytes = readFile(path) else {
      throw ConfigurationError(.tokenFile, "names \(path), which cannot be read: \(errorText())")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ConfigurationError(.tokenFile, "names \(path), which others may read; chmod 600 it")
    }
    return String(decoding: bytes, as: UTF8.self).trimmingSpaces()
  }
}
