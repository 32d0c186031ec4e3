import CPostgres

/// A connection string, read as libpq reads it (libpq, section 34.1.1): keywords and values, or a URI.
public enum ConnectionString {
  /// Whether it holds a secret, such as a password; nil where libpq cannot read it.
  public static func holdsSecret(_ text: String) -> Bool? {
    // Its complaint may quote the secret, so nobody asks for it.
    guard let options = unsafe PQconninfoParse(text, nil) else { return nil }
    defer { unsafe PQconninfoFree(options) }
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      let name = unsafe String(cString: keyword)
      // password, sslpassword and, since PostgreSQL 18, oauth_client_secret; passfile and sslkey only name files.
      if name.contains("password") || name.contains("secret"), unsafe option.pointee.val != nil { return true }
      unsafe option = option.advanced(by: 1)
    }
    return false
  }
}
