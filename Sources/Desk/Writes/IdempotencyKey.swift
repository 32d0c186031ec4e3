import JSON
import Postgres
import Token

/// What a caller names a write by, so that asking again does nothing again.
///
/// It is stored with what the call asks for, in the transaction that does it, and with the answer.
struct IdempotencyKey: Sendable {
  let text: String
  let method: String
  /// SHA-256 of the parameters, as hexadecimal digits, and what of them only jsonb can compare.
  private var digest: String
  private let raws: String?
  /// Whether it is known that nothing was done under it before.
  var isChecked = false

  init(_ text: String, for method: String, _ params: Canonical) {
    self.text = text
    self.method = method
    digest = Self.hex(SHA256.digest(Array(params.text.utf8)))
    raws = params.raws
  }

  /// Keeps passwords out of what the database could be searched for: nobody without the key can try them.
  mutating func seal(by sealer: Sealer) { digest = Self.hex(sealer.authenticate(Array(digest.utf8))) }

  /// Puts the key in; a transaction that does the same waits, and fails with `constraint` if this one succeeds.
  var insertion: Statement { Self.insertQuery(text, method, digest, raws) }
  /// The answer that the key's call had; no row where there was none.
  var recollection: Statement { Self.recallQuery(text, method, digest, raws) }

  /// A statement that keeps the answer that another one reads, and answers it.
  func keeping(_ answer: Statement) -> Statement {
    Statement(
      Query(
        """
        with answered (answer) as (
        \(answer.query.text)
        )
        update desk.idempotency_keys k
           set answer = a.answer::jsonb
          from answered a
         where k.key = $\(answer.parameters.count + 1)::text
        returning k.answer::text
        """), answer.parameters + [text])
  }

  static let constraint = "idempotency_keys_pkey"
  static let queries = [insertQuery, recallQuery]

  private static let insertQuery = Query(
    """
    select desk.use_key(
      $1::text, $2::text, sha256(convert_to($3::text || coalesce($4::jsonb::text, ''), 'UTF8')))
    """)
  private static let recallQuery = Query(
    """
    select r.answer
      from desk.recall(
        $1::text, $2::text, sha256(convert_to($3::text || coalesce($4::jsonb::text, ''), 'UTF8'))) as r (answer)
    """)

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
