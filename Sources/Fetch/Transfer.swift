import CCurl

/// One transfer of libcurl's (libcurl-easy(3)); owns its handle.
@safe struct Transfer: ~Copyable {
  private let curl: UnsafePointer<desk_curl>
  private let handle: UnsafeMutableRawPointer

  /// Throws where there is no libcurl, or no memory for it.
  init() throws(FetchError) {
    guard let curl = unsafe Curl.functions else { throw .failed("libcurl (libcurl.so.4) cannot be loaded") }
    guard let handle = unsafe curl.pointee.easy_init() else { throw .failed("libcurl cannot begin a transfer") }
    unsafe self.curl = unsafe curl
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe curl.pointee.easy_cleanup(handle) }

  /// libcurl keeps a copy of the bytes; makes it a POST.
  func set(body: [UInt8]) -> CURLcode { unsafe desk_curl_set_body(curl, handle, body, body.count) }

  /// The list has to live until the transfer has run.
  func set(_ headers: borrowing HeaderList) -> CURLcode { unsafe desk_curl_set_headers(curl, handle, headers.head) }

  /// Seconds after which the server wants to be asked again (RFC 9110 section 10.2.3); 0 where it does not say.
  var retryAfter: Int { unsafe Int(desk_curl_retry_after(curl, handle)) }

  /// How a transfer ended: libcurl's code, the answer's status and the beginning of its body.
  struct Ending {
    let code: CURLcode
    let status: Int
    let body: [UInt8]
    /// The body has more bytes than were wanted.
    let isTooLarge: Bool
  }

  func set(_ option: CURLoption, _ value: Int) -> CURLcode { unsafe desk_curl_set_number(curl, handle, option, value) }

  /// libcurl keeps a copy of the text; nil takes away what is set, also libcurl's own standard.
  func set(_ option: CURLoption, _ value: String?) -> CURLcode {
    guard let value else { return unsafe desk_curl_set_text(curl, handle, option, nil) }
    return unsafe desk_curl_set_text(curl, handle, option, value)
  }

  /// Runs it to its end, at most to that many bytes of the body.
  func run(maximumBytes: Int) -> Ending {
    let body = Body(limit: maximumBytes)
    return withExtendedLifetime(body) {
      var code = unsafe desk_curl_set_writer(
        curl, handle,
        { bytes, size, count, context in
          guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
          let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
          return unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().append(part) ? size * count : 0
        }, Unmanaged.passUnretained(body).toOpaque())
      if code == CURLE_OK { code = unsafe curl.pointee.easy_perform(handle) }
      var status = 0
      _ = unsafe desk_curl_status(curl, handle, &status)
      return Ending(code: code, status: status, body: body.bytes, isTooLarge: body.isTooLarge)
    }
  }

  /// What the server sent so far; a class, since libcurl holds a pointer to it while the transfer runs.
  private final class Body {
    private(set) var bytes: [UInt8] = []
    private(set) var isTooLarge = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// False ends the transfer (CURLOPT_WRITEFUNCTION(3)).
    func append(_ part: UnsafeRawBufferPointer) -> Bool {
      isTooLarge = part.count > limit - bytes.count
      if !isTooLarge { unsafe bytes.append(contentsOf: part) }
      return !isTooLarge
    }
  }
}
