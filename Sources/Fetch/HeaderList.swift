internal import CCurl

/// Owns header lines for a transfer (CURLOPT_HTTPHEADER(3)).
@safe struct HeaderList: ~Copyable {
  let head: UnsafeMutablePointer<curl_slist>?

  init(_ lines: [String]) {
    var head: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      // Where there is no memory the list stays as it was; a webhook without its signature is refused, not believed.
      if let longer = unsafe Curl.functions?.pointee.slist_append(head, line) { unsafe head = longer }
    }
    unsafe self.head = unsafe head
  }

  deinit { unsafe Curl.functions?.pointee.slist_free_all(head) }
}
