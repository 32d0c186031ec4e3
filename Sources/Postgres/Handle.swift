import CPostgres

/// Owns one `PGconn`; nothing else calls `PQfinish`.
///
/// A class, because a connection attempt may be finished on another thread and then handed over. `@unchecked
/// Sendable`: one thread at a time uses it, which the owner (`Connection` on the loop's thread, `Session` in
/// a command) guarantees by never sharing it.
@safe final class Handle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { unsafe PQfinish(pointer) }
}
