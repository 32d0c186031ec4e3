internal import CCurl

/// Why a document could not be had.
public enum FetchError: Error, Equatable, Sendable {
  /// The address is not `https://` with a host, or holds a name and a password.
  case notHTTPS
  /// The host's name has no address.
  case unknownHost
  /// Nothing answers there, or the connection broke.
  case unreachable
  /// It was not there within so many milliseconds.
  case tooSlow(Int)
  /// The certificate is of another host, of an authority that is not trusted, or out of date.
  case untrusted
  /// The file of trusted certificates cannot be read or holds none.
  case noAuthorities(String)
  /// The document has more bytes than this.
  case tooLarge(Int)
  /// The status of the answer (RFC 9110 section 15); 3xx are not followed.
  case status(Int)
  /// The document does not begin as a JSON object does.
  case notJSON
  /// Something else, in libcurl's words.
  case failed(String)
}

extension FetchError {
  /// What libcurl's code of a transfer that failed means.
  init(_ code: CURLcode, milliseconds: Int, authorities: String?) {
    self =
      switch code {
      case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .notHTTPS
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost
      case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
        .unreachable
      case CURLE_OPERATION_TIMEDOUT: .tooSlow(milliseconds)
      case CURLE_PEER_FAILED_VERIFICATION: .untrusted
      case CURLE_SSL_CACERT_BADFILE: .noAuthorities(authorities ?? "the system's")
      default: .failed(Curl.words(for: code))
      }
  }
}

extension FetchError: CustomStringConvertible {
  /// One sentence without its subject and its full stop, such as `the server answers 404`.
  public var description: String {
    switch self {
    case .notHTTPS: "the address is not an https:// address of a host"
    case .unknownHost: "the host's name is not known"
    case .unreachable: "the server cannot be reached"
    case .tooSlow(let limit): "the server did not answer within \(limit) ms"
    case .untrusted: "the server's certificate is not trusted"
    case .noAuthorities(let path): "the file of trusted certificates cannot be used: \(path)"
    case .tooLarge(let limit): "the document has more than \(limit) bytes"
    case .status(let status) where (300..<400).contains(status):
      "the server answers \(status) and names another address, which is not followed"
    case .status(let status): "the server answers \(status)"
    case .notJSON: "the document is not a JSON object"
    case .failed(let words): words
    }
  }
}
