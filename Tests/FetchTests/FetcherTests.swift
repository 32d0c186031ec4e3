import Fetch
import Glibc
import TestSupport
import Testing

/// Documents over HTTPS from a real server with an authority of its own.
@Suite struct FetcherTests {
  private func result(_ fetcher: Fetcher, _ address: String) -> Result<[UInt8], FetchError> {
    Result { () throws(FetchError) in try fetcher.object(at: address) }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: String
    var status = "200 OK"
    var header = ""
    var error: FetchError?
  }

  private static let cases = [
    Case(testDescription: "an object", body: #"{"keys":[]}"#),
    Case(testDescription: "an object after white space", body: "\r\n\t {}"),
    Case(testDescription: "as much as may be", body: "{" + String(repeating: " ", count: 998) + "}"),
    Case(
      testDescription: "one byte more", body: "{" + String(repeating: " ", count: 999) + "}", error: .tooLarge(1_000)),
    Case(
      testDescription: "a length that is too large", body: "{}", header: "Content-Length: 1001\r\n",
      error: .tooLarge(1_000)),
    Case(testDescription: "a huge one", body: String(repeating: "{", count: 5_000_000), error: .tooLarge(1_000)),
    Case(testDescription: "half of one", body: "{", header: "Content-Length: 20\r\n", error: .unreachable),
    Case(testDescription: "nothing", body: "", error: .notJSON),
    Case(testDescription: "a page", body: "<html></html>", error: .notJSON),
    Case(testDescription: "an array", body: "[{}]", error: .notJSON),
    Case(testDescription: "bytes that are compressed", body: "\u{1F}\u{8B}{}", error: .notJSON),
    Case(testDescription: "an object of another status", body: "{}", status: "404 Not Found", error: .status(404)),
    Case(testDescription: "a fault of the server", body: "{}", status: "503 Unavailable", error: .status(503)),
    Case(testDescription: "part of one", body: "{}", status: "206 Partial Content", error: .status(206)),
    Case(
      testDescription: "a redirect to another host", body: "{}", status: "302 Found",
      header: "Location: https://localhost/other.json\r\n", error: .status(302)),
    Case(
      testDescription: "a redirect to itself", body: "{}", status: "301 Moved",
      header: "Location: /other.json\r\n", error: .status(301)),
  ]

  @Test func takesOnlyWhatItCameFor() throws {
    let server = try KeyServer()
    let fetcher = Fetcher(authorities: server.authority, maximumBytes: 1_000, milliseconds: 10_000)
    try server.serve("{}", as: "other.json")
    for row in Self.cases {
      try server.serve(row.body, status: row.status, header: row.header)
      let expected = row.error.map { Result<[UInt8], FetchError>.failure($0) } ?? .success(Array(row.body.utf8))
      #expect(result(fetcher, server.address()) == expected, "\(row.testDescription)")
    }
    #expect(try server.hits() == Self.cases.count)
  }

  @Test func isDoneAfterItsTime() throws {
    let server = try KeyServer()
    try server.hang()
    let fetcher = Fetcher(authorities: server.authority, milliseconds: 300)
    let clock = ContinuousClock()
    let start = clock.now
    #expect(result(fetcher, server.address()) == .failure(.tooSlow(300)))
    #expect(start.duration(to: clock.now) < .seconds(10))
  }

  @Test func trustsOnlyTheRightCertificate() throws {
    let server = try KeyServer()
    let impostor = try KeyServer(certifying: "DNS:keys.example")
    for server in [server, impostor] { try server.serve("{}") }
    #expect(result(Fetcher(), server.address()) == .failure(.untrusted))
    #expect(result(Fetcher(authorities: impostor.authority), server.address()) == .failure(.untrusted))
    #expect(result(Fetcher(authorities: impostor.authority), impostor.address()) == .failure(.untrusted))
    #expect(
      result(Fetcher(authorities: "/nowhere.pem"), server.address()) == .failure(.noAuthorities("/nowhere.pem")))
    #expect(try server.hits() + impostor.hits() == 0)
    #expect(result(Fetcher(authorities: server.authority), server.address()) == .success(Array("{}".utf8)))
  }

  @Test func saysThatNobodyIsThere() throws {
    let server = try KeyServer()
    server.stop()
    let fetcher = Fetcher(authorities: server.authority)
    #expect(result(fetcher, server.address()) == .failure(.unreachable))
    // Where no server for names is reached either, it takes its time to say so.
    let unknown = result(Fetcher(milliseconds: 1_000), "https://nobody.invalid/")
    #expect(unknown == .failure(.unknownHost) || unknown == .failure(.tooSlow(1_000)))
    try server.start()
    try server.serve("{}")
    #expect(result(fetcher, server.address()) == .success(Array("{}".utf8)))
  }

  @Test(arguments: [
    "http://127.0.0.1/jwks.json", "HTTPS://127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/", "https://",
    "https:///jwks.json", "https://:443/", "https://user:word@127.0.0.1/", "https://127.0.0.1/a b",
    "https://127.0.0.1/\n", "https://127.0.0.1\\@other/", "127.0.0.1/jwks.json", "",
  ])
  func goesToNoOtherKindOfAddress(_ address: String) {
    #expect(!Fetcher.accepts(address))
    #expect(result(Fetcher(), address) == .failure(.notHTTPS))
  }
}
