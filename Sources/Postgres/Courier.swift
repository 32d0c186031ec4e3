import Glibc
import Synchronization

/// Runs work that must block on threads of its own and hands the results back to the loop.
///
/// Resolving names, connecting and PQcancel block; nothing on the way of a request goes through here. The
/// loop polls `descriptor`, which becomes readable when something waits.
public final class Courier: Sendable {
  public typealias Delivery = @Sendable () -> Void

  public let descriptor: Int32
  private let waiting = Mutex<[Delivery]>([])

  /// The other end of the pipe, written one byte for each delivery.
  private let bell: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    bell = ends[1]
  }

  deinit {
    close(descriptor)
    close(bell)
  }

  /// Runs `work` on a new thread; what it returns is called later on the loop's thread.
  public func send(_ work: @escaping @Sendable () -> Delivery) {
    let parcel = unsafe Unmanaged.passRetained(Parcel { self.post(work()) })
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Parcel>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, unsafe parcel.toOpaque())
    guard failure == 0 else {
      // No thread to be had: blocking the loop for once is better than losing the work.
      unsafe parcel.takeRetainedValue().run()
      return
    }
    pthread_detach(thread)
  }

  /// Calls what came back, on the loop's thread.
  public func deliver() {
    var rings = [UInt8](repeating: 0, count: 64)
    while unsafe read(descriptor, &rings, rings.count) == rings.count {}
    let deliveries = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for delivery in deliveries { delivery() }
  }

  private func post(_ delivery: @escaping Delivery) {
    waiting.withLock { $0.append(delivery) }
    var ring: UInt8 = 1
    _ = unsafe write(bell, &ring, 1)
  }
}

private final class Parcel: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
