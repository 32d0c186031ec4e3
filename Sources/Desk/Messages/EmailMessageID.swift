import JSON
import Postgres

/// The id that a mail (RFC 5322 section 3.6.4), or another channel's message, brings along.
enum EmailMessageID {
  /// Broken mailers put blanks inside, so only those around are refused: an id that is empty but for blanks would make
  /// strangers' mails one conversation.
  static let schema = Schema<String>(Schema<String>.bytes(1...998).shape) { value, place throws(Fault) in
    let id = try Schema<String>.bytes(1...998).decode(value, at: place)
    guard let first = id.utf8.first, let last = id.utf8.last, first > UInt8(ascii: " "), last > UInt8(ascii: " ") else {
      throw Fault("must not begin or end with a blank", at: place)
    }
    return id
  }

  /// Fails where another message than `$2` has the id; says which, so that a bridge that delivers twice can go on.
  static let unused = Query(
    """
    select desk.fail(
             'DK409', 'already_exists', 'A message with this email_message_id exists.', $3::text,
             jsonb_build_object('id', m.id, 'ticket_id', m.ticket_id))
      from public.ticket_messages m
     where m.email_message_id = $1::text
       and m.id is distinct from $2::uuid
    """)
}
