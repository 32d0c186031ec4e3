public import JSON
public import Postgres

/// One method of the wire: everything about it is in the enum that conforms.
///
/// Dispatch, rights, `rpc.discover` and the tests that loop over all methods derive from these members.
public protocol Method: Sendable {
  associatedtype Params: Sendable

  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  static var access: Access { get }
  static var cost: Cost { get }
  /// What a call may do to the desk, at worst.
  static var effect: Effect { get }
  static var params: Schema<Params> { get }
  static var result: Shape { get }
  /// The errors of its own, beside those that every call may meet.
  static var errors: [FailureKind] { get }
  /// Every text it may send; the tests prepare them all.
  static var statements: [Query] { get }

  /// Decides what to do; reads nothing but its arguments.
  static func plan(_ params: Params, for caller: Caller?) throws(Failure) -> Plan
  /// Reads the parameters and decides; for a method whose parameters hold those of others.
  static func plan(reading value: borrowing Value, at place: Place, for caller: Caller?) throws(Failure) -> Plan
}

extension Method {
  public static var effect: Effect { Effect(of: access) }
  public static var errors: [FailureKind] { [] }
  public static var statements: [Query] { [] }

  public static func plan(
    reading value: borrowing Value, at place: Place, for caller: Caller?
  ) throws(Failure) -> Plan {
    let read: Params
    do throws(Fault) { read = try params.decode(value, at: place) } catch { throw Failure(error) }
    do throws(Failure) { return try plan(read, for: caller) } catch { throw error.below(place.pointer) }
  }
}

/// A method that acts for a session.
public protocol DeskMethod: Method {
  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan
}

extension DeskMethod {
  public static func plan(_ params: Params, for caller: Caller?) throws(Failure) -> Plan {
    guard let caller else { throw Failure(.unauthenticated) }
    return try plan(params, by: caller)
  }
}

/// A method without its type, as the table holds it.
///
/// A class, since every call carries its method along.
public final class AnyMethod: Sendable {
  public let name: String
  public let summary: String
  public let access: Access
  public let cost: Cost
  public let effect: Effect
  /// Whether it changes something for a session: it then takes what `WriteOptions` has, without doing anything for it.
  public let isWrite: Bool
  public var params: Shape { makeParams() }
  public var result: Shape { makeResult() }
  public let errors: [FailureKind]
  private let makeParams: @Sendable () -> Shape
  private let makeResult: @Sendable () -> Shape
  public let statements: @Sendable () -> [Query]
  /// The members that a call may carry although they are not among `params`.
  public let commonMembers: [String]
  let plan: @Sendable (borrowing Value, Place, Caller?) throws(Failure) -> Plan

  init<M: Method>(_ method: M.Type) {
    name = M.name
    summary = M.summary
    access = M.access
    cost = M.cost
    effect = M.effect
    isWrite = (M.access == .write || M.access == .admin) && M.effect != .read
    commonMembers = M.access == .open ? [] : Request.common + (isWrite ? WriteOptions.names : [])
    makeParams = { M.params.shape }
    makeResult = { M.result }
    errors = M.errors
    statements = { M.statements + M.statements.compactMap(\.many) }
    plan = { value, place, caller throws(Failure) in try M.plan(reading: value, at: place, for: caller) }
  }
}
