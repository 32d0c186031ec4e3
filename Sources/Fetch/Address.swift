/// An address that may be asked: `https://` or `http://`, a host, and neither a name nor a password.
struct Address: Sendable {
  let text: String
  let isSecure: Bool
  /// Whether it never leaves this machine: 127.0.0.0/8, `[::1]` or `localhost`, which libcurl resolves to nothing else.
  let isLoopback: Bool

  /// Nil for every other text.
  init?(_ text: String) {
    guard text.utf8.count <= 2_048, let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
      return nil
    }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
    let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.isEmpty, !authority.hasPrefix(":"), !authority.contains("@") else { return nil }
    self.text = text
    isSecure = scheme == "https://"
    isLoopback = Self.isLoopback(authority)
  }

  private static func isLoopback(_ authority: Substring) -> Bool {
    if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
    let host = authority.prefix { $0 != ":" }
    if host == "localhost" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && !numbers.contains(nil) && numbers[0] == 127
  }
}
