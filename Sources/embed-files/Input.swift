import COpenSSL
import Glibc

/// One SQL file: `NNNN_name.sql`.
struct Input {
  var number: Int
  var name: String
  var isDemo: Bool
  var text: String
  var checksum: String
}

func read(_ path: String) -> Input {
  let parts = path.split(separator: "/")
  let file = parts.last.map(String.init) ?? path
  let words = file.dropLast(".sql".count).split(separator: "_", maxSplits: 1)
  guard words.count == 2, let number = Int(words[0]), number > 0 else {
    stop("\(file) is not named NNNN_name.sql")
  }
  let text = text(of: path)
  return Input(
    number: number, name: String(words[1]), isDemo: parts.dropLast().last == "demo", text: text,
    checksum: sha256(Array(text.utf8)))
}

func text(of path: String) -> String {
  let bytes = contents(of: path)
  guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
    stop("\(path) is not UTF-8 text")
  }
  return text
}

func save(_ text: String, to path: String) {
  guard let file = unsafe fopen(path, "w") else { stop("cannot write \(path)") }
  var text = text
  let written = text.withUTF8 { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
  guard unsafe fclose(file) == 0, written == text.utf8.count else { stop("cannot write \(path)") }
}

func stop(_ message: String) -> Never {
  let line = "error: \(message)\n"
  _ = unsafe write(2, line, line.utf8.count)
  exit(1)
}

private func contents(of path: String) -> [UInt8] {
  guard let file = unsafe fopen(path, "r") else { stop("cannot read \(path)") }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = unsafe fread(&chunk, 1, chunk.count, file)
    if count == 0 { break }
    bytes += chunk[..<count]
  }
  guard unsafe ferror(file) == 0, unsafe fclose(file) == 0 else { stop("cannot read \(path)") }
  return bytes
}

private func sha256(_ bytes: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: 32)
  guard unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else {
    stop("SHA-256 is not available")
  }
  return digest.map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 2 ? digits : "0" + digits
  }.joined()
}
