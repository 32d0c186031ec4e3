import CCurl

/// One transfer of libcurl's (libcurl-easy(3)); owns its handle.
@safe struct Transfer: ~Copyable {
  private let handle: UnsafeMutableRawPointer

  /// libcurl's own preparation, which has to happen once and before anything else.
  private static let isPrepared = curl_global_init(desk_curl_global_default) == CURLE_OK

  /// Nil when libcurl has no memory for it.
  init?() {
    guard Self.isPrepared, let handle = unsafe curl_easy_init() else { return nil }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe curl_easy_cleanup(handle) }

  /// libcurl keeps a copy of the bytes; makes it a POST.
  func set(body: [UInt8]) -> CURLcode { unsafe desk_curl_set_body(handle, body, body.count) }

  /// The list has to live until the transfer has run.
  func set(_ headers: borrowing HeaderList) -> CURLcode { unsafe desk_curl_set_headers(handle, headers.head) }

  /// Seconds after which the server wants to be asked again (RFC 9110 section 10.2.3); 0 where it does not say.
  var retryAfter: Int { unsafe Int(desk_curl_retry_after(handle)) }

  /// How a transfer ended: libcurl's code, the answer's status and the beginning of its body.
  struct Ending {
    let code: CURLcode
    let status: Int
    let body: [UInt8]
    /// The body has more bytes than were wanted.
    let isTooLarge: Bool
  }

  func set(_ option: CURLoption, _ value: Int) -> CURLcode { unsafe desk_curl_set_number(handle, option, value) }

  /// libcurl keeps a copy of the text; nil takes away what is set, also libcurl's own standard.
  func set(_ option: CURLoption, _ value: String?) -> CURLcode {
    guard let value else { return unsafe desk_curl_set_text(handle, option, nil) }
    return unsafe desk_curl_set_text(handle, option, value)
  }

  /// Runs it to its end, at most to that many bytes of the body.
  func run(maximumBytes: Int) -> Ending {
    let body = Body(limit: maximumBytes)
    return withExtendedLifetime(body) {
      var code = unsafe desk_curl_set_writer(
        handle,
        { bytes, size, count, context in
          guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
          let part = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
          return unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().append(part) ? size * count : 0
        }, Unmanaged.passUnretained(body).toOpaque())
      if code == CURLE_OK { code = unsafe curl_easy_perform(handle) }
      var status = 0
      _ = unsafe desk_curl_status(handle, &status)
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
