/// Why the private cluster could not be started or stopped, in one sentence for the person who asked for it.
public struct ClusterError: Error, Equatable, Sendable, CustomStringConvertible {
  public var description: String

  init(_ description: String) { self.description = description }
}
