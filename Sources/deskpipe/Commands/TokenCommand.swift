import ArgumentParser
import Glibc
import JSON
import Postgres
import Token

struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Mints tokens for the demo desk, and reads tokens as the desk would.",
    subcommands: [Mint.self, Verify.self], defaultSubcommand: Mint.self)

  struct Mint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a token signed with the demo's own key, which no other desk accepts.")

    @Option(help: "The Clerk user id.")
    var user = DemoDesk.admin

    @Option(help: "The role in the organization: admin or agent, as Clerk writes it.")
    var role = "admin"

    @Option(help: "The Clerk organization id.")
    var organization = DemoDesk.organization

    @Option(help: "The version of the claims: 1 or 2.")
    var claims = 2

    @Option(help: "Seconds until it expires; for one that has, a negative number: --lifetime=-60.")
    var lifetime = 60

    @Option(help: "The id of the key that it names.")
    var kid = DemoKeys.keyID

    @Option(help: "Makes it an OAuth access token, of this client, which tells no role.")
    var client: String?

    @OptionGroup var flags: SettingFlags

    func run() throws {
      guard claims == 1 || claims == 2 else { throw Complaint("--claims must be 1 or 2", code: 2) }
      let limit = DemoKeys.longestLifetime
      guard (-limit...limit).contains(lifetime) else {
        throw Complaint("--lifetime must be a number from -\(limit) to \(limit)", code: 2)
      }
      do {
        let keys = try DemoKeys(Configuration(flags).cluster())
        let wanted = DemoKeys.Wanted(
          subject: user, role: role, organization: organization, lifetime: lifetime, version: claims, keyID: kid,
          client: client)
        writeAll(try keys.token(wanted) + "\n", to: Wire.output)
      } catch { throw Complaint("\(error)") }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads a token from stdin and shows whether, and as what, the desk would accept it.",
      discussion: "Prints one JSON object: valid, reason, message, header, claims. Exits 0 for a valid token, else 1.")

    @Option(help: "Verify as if it were this time: seconds since 1970.")
    var at: Int?

    @Option(help: "A file with a public key as PEM, instead of the configured keys.", completion: .file())
    var pem: String?

    @Option(help: "A file with a key set, instead of the configured keys.", completion: .file())
    var jwks: String?

    @Flag(help: "Use the demo's key and issuer.")
    var demo = false

    @OptionGroup var flags: SettingFlags

    func run() throws {
      // The times that a claim can hold.
      if let at, !(0..<1 << 53).contains(at) {
        throw Complaint("--at must be a number from 0 to \((1 << 53) - 1)", code: 2)
      }
      let verifier = try verifier()
      let token = (readAll(0) ?? []).filter { !$0.isSpace }
      var members = "\"header\":\(Self.header(of: token) ?? "null")"
      do throws(Refusal) {
        let claims = try verifier.verify(token, at: at ?? Clock.milliseconds / 1000)
        members =
          "\"valid\":true,\(members),\"claims\":\(claims.postgres),\"admin\":\(claims.isAdmin),"
          + "\"token_profile\":\"\(claims.profile.rawValue)\""
      } catch {
        members =
          "\"valid\":false,\"reason\":\(Line.quoted(error.reason.rawValue)),"
          + "\"message\":\(Line.quoted(error.message)),\(members)"
        writeAll("{\(members)}\n", to: Wire.output)
        throw ExitCode(1)
      }
      writeAll("{\(members)}\n", to: Wire.output)
    }

    private func verifier() throws -> Verifier {
      let configuration = try Configuration(flags)
      if demo {
        let clients = configuration.list(.clerkOAuthClients)
        do { return try DemoKeys(configuration.cluster()).verifier(clients: clients) } catch {
          throw Complaint("\(error)")
        }
      }
      guard let path = pem ?? jwks else { return try configuration.verifierWithAllKeys() }
      return Verifier(keys: try keys(path), policy: try configuration.policy())
    }

    private func keys(_ path: String) throws -> KeySet {
      guard let bytes = readFile(path) else {
        throw ConfigurationError("\(path) cannot be read: \(errorText())")
      }
      do throws(KeyError) {
        return try pem == nil ? KeySet(jwks: bytes) : KeySet(pem: String(decoding: bytes, as: UTF8.self))
      } catch { throw ConfigurationError("\(path): \(error)") }
    }

    /// The header as it came, where it is JSON at all; shown whether or not the token is any good.
    private static func header(of token: [UInt8]) -> String? {
      guard let part = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).first,
        let bytes = Base64.decodeURL(Array(part).span), let document = try? Document(bytes.span)
      else { return nil }
      return document.withRoot { $0.json }
    }
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
