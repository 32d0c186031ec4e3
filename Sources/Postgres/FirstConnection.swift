/// The first connection of a pool, opened while its process still reads its settings: whoever spawned it waits for both.
///
/// `@unchecked Sendable`, since nothing but the loop's thread, on which its courier's deliveries are called, sees the pool.
public final class FirstConnection: @unchecked Sendable {
  public let courier = Courier()
  /// Whom to bring it to.
  weak var pool: Pool?

  /// Begins at once, on a thread of its own, and looks whether the database has the schema that `migrator` knows.
  public init(conninfo: String, requiring migrator: Migrator) {
    let connector = Connector(conninfo: conninfo)
    courier.send {
      let (result, finding) = connector.open(requiring: migrator)
      return { self.pool?.begun(result, finding) }
    }
  }
}
