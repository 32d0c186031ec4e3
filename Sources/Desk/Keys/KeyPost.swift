import Synchronization

/// Where couriers leave key sets until the engine takes them.
final class KeyPost: Sendable {
  typealias Parcel = (address: RemoteKeys.Address, result: Result<FetchedKeys, KeyFetchError>)

  private let parcels = Mutex<[Parcel]>([])

  func add(_ address: RemoteKeys.Address, _ result: Result<FetchedKeys, KeyFetchError>) {
    parcels.withLock { $0.append((address, result)) }
  }

  func take() -> [Parcel] {
    parcels.withLock { parcels in
      defer { parcels = [] }
      return parcels
    }
  }
}
