import TestSupport
import Testing

@testable import Fetch

/// Posts to a real server.
@Suite struct PosterTests {
  @Test(arguments: [
    "https://example.com", "https://example.com:8443/hook?x=1", "http://127.0.0.1/", "http://127.1.2.3:80/",
    "http://localhost:8080/hook", "http://[::1]:8080/", "http://[::1]",
  ])
  func goesOverTLSOrStaysOnThisMachine(_ address: String) { #expect(Poster.accepts(address)) }

  @Test(arguments: [
    "http://example.com/", "http://127.0.0.1.example.com/", "http://127.0.0/", "http://127.0.0.256/",
    "http://10.0.0.1/", "http://localhost.example.com/", "http://[::2]/", "http://user@localhost/",
    "https://user:word@example.com/", "http://0/", "http://", "ftp://127.0.0.1/", "127.0.0.1", "", "https://a b/",
    "http://127.0.0.1@example.com/", "http://127.0.0.1\\@example.com/", "http://example.com#@127.0.0.1/",
  ])
  func goesToNoOtherAddress(_ address: String) {
    #expect(!Poster.accepts(address))
    #expect(throws: FetchError.notHTTPS) { _ = try Poster(to: address, milliseconds: 1_000).post([], headers: []) }
  }

  @Test func postsBodiesAndHeadersOneAfterAnother() throws {
    let server = try WebhookServer()
    let poster = try Poster(to: server.address, milliseconds: 10_000)
    let bodies = ["", "{}", String(repeating: "é", count: 100_000)]
    for (number, body) in bodies.enumerated() {
      let answer = try poster.post(Array(body.utf8), headers: ["webhook-id: \(number)"])
      #expect(answer == .init(status: 200, retryAfter: nil))
    }
    try server.answer(503, header: "retry-after: 7")
    #expect(try poster.post([], headers: []) == .init(status: 503, retryAfter: 7))
    try server.answer(301, header: "location: /other")
    #expect(try poster.post([], headers: []).status == 301)
    try server.answer(0)
    #expect(throws: FetchError.unreachable) { _ = try poster.post([], headers: []) }
    server.stop()
    #expect(throws: FetchError.unreachable) { _ = try poster.post([], headers: []) }
    let deliveries = try server.deliveries()
    #expect(deliveries.prefix(3).map(\.body) == bodies)
    // On a connection that is closed under it, libcurl tries once more.
    #expect(deliveries.map { $0.headers["webhook-id"] ?? "" } == ["0", "1", "2", "", "", "", ""])
    #expect(deliveries.allSatisfy { $0.path == "/hook" && $0.headers["expect"] == nil })
  }
}
