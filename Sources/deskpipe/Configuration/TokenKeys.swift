import Desk
import Fetch
import Glibc
import Postgres
import Token

extension Configuration {
  /// The keys that are not fetched; they make fetching needless.
  func fixedKeys() throws -> KeySet? {
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
    return nil
  }

  /// Where keys are fetched: nowhere where some are there.
  ///
  /// - Parameter fixed: those of `fixedKeys`.
  func remoteKeys(beside fixed: KeySet?) throws -> RemoteKeys {
    guard fixed == nil else { return RemoteKeys() }
    let addresses: [RemoteKeys.Address]
    if self[.clerkJWKSURL] != nil {
      addresses = try keySetAddresses()
    } else if self[.clerkPublishableKey] != nil {
      addresses = try publishableKeyAddresses()
    } else {
      throw ConfigurationError(
        .clerkJWTKey,
        "is not set, nor are clerk_jwks_file, clerk_jwks_url and clerk_publishable_key: "
          + "one of them gives Clerk's public key, that tokens are verified with")
    }
    if let path = self[.clerkCAFile], readFile(path) == nil {
      throw ConfigurationError(.clerkCAFile, "names \(path), which cannot be read: \(errorText())")
    }
    var keys = RemoteKeys(addresses, fetcher: Fetcher(authorities: self[.clerkCAFile]))
    keys.limit = try integer(.clerkKeysLimit, RemoteKeys.limits, default: keys.limit)
    return keys
  }

  /// Each address for the issuer in its place, or one for all of them.
  private func keySetAddresses() throws -> [RemoteKeys.Address] {
    let urls = list(.clerkJWKSURL)
    let issuers = try issuers()
    guard urls.allSatisfy(Fetcher.accepts) else {
      throw ConfigurationError(.clerkJWKSURL, "must be an https:// address without a name and a password")
    }
    if urls.count == 1 { return [.init(url: urls[0], issuer: issuers.count == 1 ? issuers[0] : nil)] }
    guard urls.count == issuers.count, Set(urls).count == urls.count else {
      throw ConfigurationError(.clerkJWKSURL, "must name one address, or another one for each issuer of clerk_issuer")
    }
    return zip(urls, issuers).map { .init(url: $0, issuer: $1) }
  }

  private func publishableKeyAddresses() throws -> [RemoteKeys.Address] {
    let accepted = try issuers()
    return try publishableKeys().map { key in
      guard accepted.contains(key.issuer) else {
        throw ConfigurationError(.clerkPublishableKey, "is for \(key.issuer), which clerk_issuer does not name")
      }
      return .init(url: key.keySetAddress, issuer: key.issuer)
    }
  }

  private func publishableKeys() throws -> [PublishableKey] {
    try list(.clerkPublishableKey).map { text in
      guard let key = PublishableKey(text) else {
        throw ConfigurationError(
          .clerkPublishableKey, "is not a publishable key of Clerk's (pk_live_... or pk_test_...)")
      }
      return key
    }
  }

  /// Those that are named, or else those of the publishable keys.
  func issuers() throws -> [String] {
    let named = list(.clerkIssuer)
    let issuers = try named.isEmpty ? publishableKeys().map(\.issuer) : named
    guard !issuers.isEmpty else {
      throw ConfigurationError(.clerkIssuer, "is not set; it is the address of Clerk's Frontend API, as in iss")
    }
    return issuers
  }

  /// A verifier with all keys, those that have to be fetched too; blocks, so that it is for commands only.
  func verifierWithAllKeys() throws -> Verifier {
    let keys = try fixedKeys()
    let remote = try remoteKeys(beside: keys)
    let fixed = Verifier(keys: keys ?? KeySet(), policy: try policy())
    do throws(KeyFetchError) {
      var sets: [KeySet] = []
      for address in remote.addresses { sets.append(try remote.fetch(address).keys) }
      return fixed.adding(sets)
    } catch { throw Complaint("\(error)") }
  }
}
