import Postgres
import Token

/// Ids in the order of time (RFC 9562 section 5.7): 2.5 times less WAL than random ones, since inserts hit the same
/// leaves of the index.
enum UUIDv7 {
  /// A new id: 48 bits of milliseconds, 74 random bits.
  static func make() -> String {
    var random = Random.bytes(count: 10).reduce(into: (high: UInt64(0), low: UInt64(0))) { number, byte in
      number = (number.high << 8 | number.low >> 56, number.low << 8 | UInt64(byte))
    }
    random.high = UInt64(Clock.milliseconds) << 16 | 0x7000 | random.high & 0x0FFF
    random.low = random.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return text(random.high, random.low)
  }

  /// As 8-4-4-4-12 hexadecimal digits.
  private static func text(_ high: UInt64, _ low: UInt64) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    append(high >> 32, 8, to: &text)
    for group in [high >> 16, high, low >> 48] {
      text.append(UInt8(ascii: "-"))
      append(group, 4, to: &text)
    }
    text.append(UInt8(ascii: "-"))
    append(low, 12, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The last digits of a number.
  private static func append(_ number: UInt64, _ digits: Int, to text: inout [UInt8]) {
    for shift in stride(from: 4 * (digits - 1), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15
      text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
