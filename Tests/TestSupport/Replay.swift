import Foundation

/// The history, replayed.
public enum Replay {
  /// Makes `pg_temp.replay()`, which tells where the history does not come to what is in the tables.
  public static var function: String {
    get throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../sql").standardized
      return try String(contentsOf: folder.appending(path: "replay.sql"), encoding: .utf8)
    }
  }
}
