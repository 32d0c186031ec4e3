internal import CCurl

/// libcurl, loaded and prepared when something is first fetched.
@safe enum Curl {
  /// Its functions; nil where it is not installed, or cannot be used.
  ///
  /// `nonisolated(unsafe)`, since nobody writes to what it points to.
  static nonisolated(unsafe) let functions = unsafe open()

  /// What libcurl says of a code (libcurl-errors(3)).
  static func words(for code: CURLcode) -> String {
    unsafe (functions?.pointee.easy_strerror(code)).map { unsafe String(cString: $0) } ?? "libcurl is not installed"
  }

  private static func open() -> UnsafePointer<desk_curl>? {
    // libcurl's own preparation has to happen once and before anything else (curl_global_init(3)).
    guard let functions = unsafe desk_curl_open(),
      unsafe functions.pointee.global_init(desk_curl_global_default) == CURLE_OK
    else { return nil }
    return unsafe functions
  }
}
