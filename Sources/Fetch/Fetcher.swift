import CCurl

/// Gets small JSON documents over HTTPS, with the server's certificate verified and all that it may cost bounded.
///
/// It blocks, so that it is called on a thread other than the loop's. libcurl's variables for proxies (`https_proxy`,
/// `no_proxy`) count; through a proxy the certificate is the server's all the same.
public struct Fetcher: Sendable, Equatable {
  /// A file of certificates in PEM that are trusted instead of the system's; nil for the system's.
  public var authorities: String?
  /// The most bytes of a document.
  public var maximumBytes: Int
  /// The most milliseconds until a document is there, beginning with the host's name.
  public var milliseconds: Int

  public init(authorities: String? = nil, maximumBytes: Int = 262_144, milliseconds: Int = 5_000) {
    self.authorities = authorities
    self.maximumBytes = maximumBytes
    self.milliseconds = milliseconds
  }

  /// Whether an address may be fetched: `https://`, a host, and neither a name nor a password.
  public static func accepts(_ address: String) -> Bool { Address(address)?.isSecure == true }

  /// Gets the JSON object at an address.
  ///
  /// Only an answer of status 200 counts; a redirect is not followed, not even on the same host.
  public func object(at address: String) throws(FetchError) -> [UInt8] {
    guard Self.accepts(address) else { throw .notHTTPS }
    let transfer = try Transfer()
    for code in prepare(transfer, address) where code != CURLE_OK { throw error(code) }
    let ending = transfer.run(maximumBytes: maximumBytes)
    guard !ending.isTooLarge else { throw .tooLarge(maximumBytes) }
    guard ending.code == CURLE_OK else { throw error(ending.code) }
    guard ending.status == 200 else { throw .status(ending.status) }
    let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard ending.body.first(where: { !isBlank($0) }) == UInt8(ascii: "{") else { throw .notJSON }
    return ending.body
  }

  private func prepare(_ transfer: borrowing Transfer, _ address: String) -> [CURLcode] {
    var codes = [
      transfer.set(CURLOPT_URL, address),
      transfer.set(CURLOPT_PROTOCOLS_STR, "https"),
      transfer.set(CURLOPT_FOLLOWLOCATION, 0),
      transfer.set(CURLOPT_SSL_VERIFYPEER, 1),
      transfer.set(CURLOPT_SSL_VERIFYHOST, 2),
      transfer.set(CURLOPT_SSLVERSION, 6),
      transfer.set(CURLOPT_USERAGENT, "deskpipe"),
      transfer.set(CURLOPT_TIMEOUT_MS, milliseconds),
      // Signals would interrupt the loop's thread.
      transfer.set(CURLOPT_NOSIGNAL, 1),
      // A resolver that hangs is left alone instead of being waited for beyond the time.
      transfer.set(CURLOPT_QUICK_EXIT, 1),
      transfer.set(CURLOPT_MAXFILESIZE, maximumBytes),
    ]
    if let authorities {
      codes.append(transfer.set(CURLOPT_CAINFO, authorities))
      // The system's folder would go on being trusted beside the file.
      codes.append(transfer.set(CURLOPT_CAPATH, nil))
    }
    return codes
  }

  private func error(_ code: CURLcode) -> FetchError {
    code == CURLE_FILESIZE_EXCEEDED
      ? .tooLarge(maximumBytes) : FetchError(code, milliseconds: milliseconds, authorities: authorities)
  }
}
