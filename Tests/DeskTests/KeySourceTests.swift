import Postgres
import Testing
import Token

@testable import Desk

/// When keys are fetched and for how long they serve, second by second.
@Suite struct KeySourceTests {
  enum Event {
    /// A token comes that the signer of this name has signed, which names the second one's kid.
    case token(String, String)
    /// The fetch under way ends with a set of these keys, or fails.
    case found([String])
    case failed
    /// The clock is looked at.
    case tick
    /// A token of the other issuer, and what that one's source brings.
    case otherToken, otherFound, otherFailed

    static func token(_ name: String) -> Event { .token(name, name) }
  }

  /// What happens, by seconds since the start, and what comes of it; `+` tells that a fetch begins.
  typealias Story = [(Int, Event, String)]

  static let stories: [(name: String, story: Story)] = [
    (
      "one fetch for all who wait, and the next after the cooldown",
      [
        (0, .tick, ""), (0, .token("a"), "wait +"), (0, .token("a"), "wait"), (1, .token("b"), "wait"),
        (2, .found(["a"]), "replaced"), (2, .token("a"), "good"), (2, .token("b"), "refuse"),
        (31, .token("b"), "refuse"), (32, .token("b"), "wait +"), (32, .token("c"), "wait"), (33, .token("a"), "good"),
        (34, .found(["a", "b"]), "replaced"), (34, .token("b"), "good"), (34, .token("c"), "refuse"),
        (63, .token("c"), "refuse"), (64, .token("c"), "wait +"), (65, .found(["a", "b"]), ""),
        (65, .token("c"), "refuse"), (65, .token("a"), "good"),
      ]
    ),
    (
      "a signature that does not fit asks as an unknown kid does",
      [
        (0, .token("a"), "wait +"), (0, .found(["a"]), "replaced"), (5, .token("b", "a"), "refuse"),
        (30, .token("b", "a"), "wait +"), (30, .token("a"), "good"), (31, .found(["a"]), ""),
        (31, .token("b", "a"), "refuse"),
      ]
    ),
    (
      "a lifetime that use does not prolong",
      [
        (0, .token("a"), "wait +"), (4, .found(["a"]), "replaced"), (100, .token("a"), "good"),
        (200, .token("a"), "good"), (299, .token("a"), "good"), (300, .token("a"), "wait +"),
        (301, .found(["b"]), "replaced"), (301, .token("a"), "refuse"), (301, .token("b"), "good"),
      ]
    ),
    (
      "keys in use are fetched ahead, and nobody waits",
      [
        (0, .token("a"), "wait +"), (0, .found(["a"]), "replaced"), (10, .token("a"), "good"), (239, .tick, ""),
        (240, .tick, "+"), (240, .tick, ""), (241, .token("a"), "good"), (242, .found(["a"]), ""),
        (310, .token("a"), "good"), (479, .tick, ""), (480, .tick, "+"), (481, .found(["a"]), ""),
        // Nobody used it since.
        (720, .tick, ""), (779, .token("a"), "good"), (780, .token("a"), "wait +"),
      ]
    ),
    (
      "a key that was taken back is gone with the fetch",
      [
        (0, .token("a"), "wait +"), (0, .found(["a", "b"]), "replaced"), (1, .token("a"), "good"), (240, .tick, "+"),
        (241, .found(["b"]), "replaced"), (241, .token("a"), "refuse"), (241, .token("b"), "good"),
        (480, .tick, "+"), (481, .found([]), "replaced"), (481, .token("b"), "refuse"),
      ]
    ),
    (
      "old keys serve while the source is down, up to the limit",
      [
        (0, .token("a"), "wait +"), (0, .found(["a"]), "replaced"), (200, .token("a"), "good"), (240, .tick, "+"),
        (245, .failed, "down"), (270, .token("a"), "good"), (274, .tick, ""), (275, .tick, "+"), (280, .failed, ""),
        (300, .token("a"), "good"), (309, .token("a"), "good"), (310, .tick, "+"), (310, .token("a"), "good"),
        (315, .failed, ""),
        // Once for those that nobody uses any more.
        (345, .tick, "+"), (346, .failed, ""), (400, .tick, ""), (86_399, .token("a"), "good"),
        (86_400, .token("a"), "wait +"), (86_405, .failed, ""), (86_405, .token("a"), "unavailable"),
        (86_434, .token("a"), "unavailable"), (86_435, .token("a"), "wait +"), (86_436, .found(["a"]), ""),
        (86_436, .token("a"), "good"),
      ]
    ),
    (
      "an idle source that is down when it is needed again",
      [
        (0, .token("a"), "wait +"), (0, .found(["a"]), "replaced"), (5_000, .token("a"), "wait +"),
        (5_005, .failed, "down"), (5_005, .token("a"), "good"), (5_006, .token("a"), "good"), (5_035, .tick, "+"),
        (5_036, .token("a"), "good"), (5_036, .token("b"), "wait"), (5_037, .found(["a"]), ""),
        (5_037, .token("b"), "refuse"),
      ]
    ),
    (
      "a source that was never there",
      [
        (0, .token("a"), "wait +"), (5, .failed, "down"), (5, .token("a"), "unavailable"), (34, .tick, ""),
        (34, .token("a"), "unavailable"), (35, .token("a"), "wait +"), (40, .failed, ""), (99, .token("a"), "wait +"),
        (99, .found(["a"]), "replaced"), (99, .token("a"), "good"),
      ]
    ),
  ]

  @Test(arguments: stories.indices)
  func keepsTime(_ index: Int) throws {
    let (name, story) = Self.stories[index]
    var source = KeySource(Self.verifier, remote: RemoteKeys([Self.address]))
    for (second, event, expected) in story {
      #expect(try Self.outcome(of: event, &source, second) == expected, "\(name), at \(second): \(event)")
    }
  }

  @Test func letsNoIssuerWaitForAnothersSource() throws {
    var source = KeySource(Self.verifier, remote: RemoteKeys([Self.address, Self.other]))
    let story: Story = [
      (0, .otherToken, "wait ++"), (0, .otherFound, "replaced"), (0, .otherToken, "good"),
      (0, .token("a"), "wait"), (5, .failed, "down"), (5, .otherToken, "good"), (5, .token("a"), "unavailable"),
      // Whose key it is cannot be known before the signature.
      (35, .token("a"), "wait ++"), (36, .found(["a"]), "replaced"), (36, .token("a"), "good"),
      (36, .token("c"), "wait"), (37, .otherFailed, "down"), (37, .otherToken, "good"), (37, .token("c"), "refuse"),
      (298, .tick, "++"), (299, .otherToken, "good"),
      // The key of one issuer signs for no other.
      (299, .token("other", "other"), "token-invalid-issuer"),
    ]
    for (second, event, expected) in story {
      #expect(try Self.outcome(of: event, &source, second) == expected, "at \(second): \(event)")
    }
  }

  @Test func agesByTheClockThatSaysMore() throws {
    for (monotonic, wall, expected) in [
      (299, 299, "good"), (300, 300, "wait +"), (1, 300, "wait +"), (300, 1, "wait +"), (300, -4_000, "wait +"),
      (1, -4_000, "good"),
    ] {
      var source = KeySource(Self.verifier, remote: RemoteKeys([Self.address]))
      let start = Moment(monotonic: 9_000_000_000, milliseconds: Self.start)
      _ = source.advise(at: start)
      _ = source.takeFetches()
      _ = source.end(Self.address, try Self.keys(["a"], Self.issuer), at: start)
      let now = Moment(monotonic: UInt64(9 + monotonic) * 1_000_000_000, milliseconds: Self.start + wall * 1_000)
      #expect(try Self.outcome(of: .token("a"), &source, at: now) == expected, "\(monotonic), \(wall)")
    }
  }

  // MARK: - What the stories are told with

  private static let issuer = "https://clerk.test.example"
  private static let otherIssuer = "https://clerk.other.example"
  private static let address = RemoteKeys.Address(url: "https://clerk.test.example/keys", issuer: issuer)
  private static let other = RemoteKeys.Address(url: "https://clerk.other.example/keys", issuer: otherIssuer)
  private static let verifier = Verifier(keys: KeySet(), policy: Policy(issuers: [issuer, otherIssuer]))
  private static let start = 1_800_000_000_000
  private static let signers: [String: Signer] = {
    var signers: [String: Signer] = [:]
    for name in ["a", "b", "c", "other"] { signers[name] = try? Signer.generate() }
    return signers
  }()

  private static func outcome(of event: Event, _ source: inout KeySource, _ second: Int) throws -> String {
    let now = Moment(monotonic: UInt64(second + 1) * 1_000_000_000, milliseconds: start + second * 1_000)
    return try outcome(of: event, &source, at: now)
  }

  private static func outcome(of event: Event, _ source: inout KeySource, at now: Moment) throws -> String {
    var words: [String] = []
    switch event {
    case .token(let signer, let id): words.append(try verdict(signer, id, issuer, &source, now))
    case .otherToken: words.append(try verdict("other", "other", otherIssuer, &source, now))
    case .found(let names): words.append(word(source.end(address, try keys(names, issuer), at: now)))
    case .failed: words.append(word(source.end(address, nil, at: now)))
    case .otherFound: words.append(word(source.end(other, try keys(["other"], otherIssuer), at: now)))
    case .otherFailed: words.append(word(source.end(other, nil, at: now)))
    case .tick: source.lookAhead(at: now)
    }
    words.append(String(repeating: "+", count: source.takeFetches().count))
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func verdict(
    _ signer: String, _ id: String, _ issuer: String, _ source: inout KeySource, _ now: Moment
  ) throws -> String {
    let seconds = now.milliseconds / 1_000
    let token = try #require(signers[signer]).token(
      header: #"{"alg":"RS256","kid":"\#(id)"}"#,
      claims: """
        {"iss":"\(issuer)","sub":"user_a","sid":"sess_a","v":2,"o":{"id":"org_a","rol":"admin"},\
        "iat":\(seconds),"exp":\(seconds + 60)}
        """)
    do throws(Refusal) {
      source.use(issuer: try source.verifier(at: now).verify(Array(token.utf8), at: seconds).issuer)
      return "good"
    } catch {
      guard [.keyMismatch, .invalidSignature].contains(error.reason) else { return error.reason.rawValue }
      return "\(source.advise(at: now))"
    }
  }

  private static func word(_ change: KeySource.Change) -> String { change == .none ? "" : "\(change)" }

  private static func keys(_ names: [String], _ issuer: String) throws -> FetchedKeys {
    let set = names.compactMap { signers[$0]?.jwk(id: $0) }.joined(separator: ",")
    let keys = names.isEmpty ? KeySet() : try KeySet(jwks: Array("{\"keys\":[\(set)]}".utf8), issuer: issuer)
    return FetchedKeys(keys: keys, digest: Array(names.joined().utf8))
  }
}
