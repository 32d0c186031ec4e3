internal import CCurl

/// Posts JSON to one address, over HTTPS or to this machine itself, on a connection that is kept.
///
/// It blocks, so that it is called on a thread other than the loop's. libcurl's variables for proxies count, except on
/// the way to this machine.
public struct Poster: ~Copyable {
  /// The most bytes of an answer's body that are read; what it says does not matter.
  private static let maximumBytes = 65_536

  private let transfer: Transfer
  private let milliseconds: Int
  private let authorities: String?

  /// An answer of the server's.
  public struct Answer: Equatable, Sendable {
    /// RFC 9110 section 15.
    public let status: Int
    /// Seconds after which the server wants to be asked again; nil where it does not say.
    public let retryAfter: Int?
  }

  /// Whether an address may be posted to: `https://` and a host, or `http://` and this machine, in both cases without
  /// a name and a password.
  public static func accepts(_ address: String) -> Bool {
    guard let address = Address(address) else { return false }
    return address.isSecure || address.isLoopback
  }

  /// - Parameters:
  ///   - authorities: a file of certificates in PEM that are trusted instead of the system's; nil for the system's.
  ///   - milliseconds: the most until there is an answer, beginning with the host's name.
  public init(to address: String, authorities: String? = nil, milliseconds: Int) throws(FetchError) {
    guard Self.accepts(address), let parts = Address(address) else { throw .notHTTPS }
    let transfer = try Transfer()
    var codes = [
      transfer.set(CURLOPT_URL, address),
      transfer.set(CURLOPT_PROTOCOLS_STR, parts.isSecure ? "https" : "http"),
      transfer.set(CURLOPT_FOLLOWLOCATION, 0),
      transfer.set(CURLOPT_SSL_VERIFYPEER, 1),
      transfer.set(CURLOPT_SSL_VERIFYHOST, 2),
      transfer.set(CURLOPT_SSLVERSION, 6),
      transfer.set(CURLOPT_USERAGENT, "deskpipe"),
      transfer.set(CURLOPT_TIMEOUT_MS, milliseconds),
      // Signals would interrupt the loop's thread.
      transfer.set(CURLOPT_NOSIGNAL, 1),
      transfer.set(CURLOPT_QUICK_EXIT, 1),
    ]
    if !parts.isSecure { codes.append(transfer.set(CURLOPT_PROXY, "")) }
    if let authorities {
      codes.append(transfer.set(CURLOPT_CAINFO, authorities))
      // The system's folder would go on being trusted beside the file.
      codes.append(transfer.set(CURLOPT_CAPATH, nil))
    }
    for code in codes where code != CURLE_OK {
      throw FetchError(code, milliseconds: milliseconds, authorities: authorities)
    }
    self.transfer = transfer
    self.milliseconds = milliseconds
    self.authorities = authorities
  }

  /// Posts a body; throws where no answer came. A redirect is an answer like any other, and not followed.
  ///
  /// - Parameter headers: whole lines, such as `content-type: application/json`.
  public borrowing func post(_ body: [UInt8], headers: [String]) throws(FetchError) -> Answer {
    // libcurl would wait a second for a server's leave to send a long body, which many never give.
    let lines = HeaderList(headers + ["expect:"])
    for code in [transfer.set(body: body), transfer.set(lines)] where code != CURLE_OK {
      throw FetchError(code, milliseconds: milliseconds, authorities: authorities)
    }
    // libcurl keeps no copy of the list.
    let ending = withExtendedLifetime(lines) { transfer.run(maximumBytes: Self.maximumBytes) }
    _ = transfer.set(HeaderList([]))
    guard ending.code == CURLE_OK || ending.isTooLarge else {
      throw FetchError(ending.code, milliseconds: milliseconds, authorities: authorities)
    }
    let seconds = transfer.retryAfter
    return Answer(status: ending.status, retryAfter: seconds > 0 ? seconds : nil)
  }
}
