public import Fetch
public import Token

/// Key sets that are fetched over HTTPS, and how long they serve.
public struct RemoteKeys: Sendable {
  /// Where a key set is, and whose.
  public struct Address: Sendable, Hashable {
    public let url: String
    /// The only issuer whose tokens its keys verify; nil for all of the policy's.
    public let issuer: String?

    public init(url: String, issuer: String?) {
      self.url = url
      self.issuer = issuer
    }
  }

  public var addresses: [Address]
  public var fetcher: Fetcher
  /// Seconds for which a set is as good as new. They are counted from the beginning of its fetch and never anew,
  /// however often it is used, so that a key that was taken back is gone after them.
  public var lifetime = 300
  /// Seconds after which a set that is in use is fetched anew, before anyone has to wait for it.
  public var ahead = 240
  /// Seconds between the end of a fetch and the next one that a token may cause.
  public var cooldown = 30
  /// Seconds for which the last set serves while its source is down.
  public var limit = 86_400

  public static let limits = 300...604_800

  public init(_ addresses: [Address] = [], fetcher: Fetcher = Fetcher()) {
    self.addresses = addresses
    self.fetcher = fetcher
  }

  /// Fetches a set; blocks for as long as the fetcher may.
  public func fetch(_ address: Address) throws(KeyFetchError) -> FetchedKeys {
    let body: [UInt8]
    do throws(FetchError) { body = try fetcher.object(at: address.url) } catch {
      throw KeyFetchError(address, "\(error)")
    }
    do throws(KeyError) {
      return FetchedKeys(keys: try KeySet(jwks: body, issuer: address.issuer), digest: SHA256.digest(body))
    } catch .noUsableKey {
      // A source that takes all its keys back is to be believed.
      return FetchedKeys(keys: KeySet(), digest: SHA256.digest(body))
    } catch {
      throw KeyFetchError(address, "the key set \(error)")
    }
  }
}

/// A key set as it was fetched.
public struct FetchedKeys: Sendable {
  public let keys: KeySet
  /// Tells one document from another.
  let digest: [UInt8]
}

/// Why a key set could not be had; one sentence for the operator.
public struct KeyFetchError: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ address: RemoteKeys.Address, _ reason: String) {
    description = "the keys at \(address.url) cannot be had: \(reason)"
  }
}
