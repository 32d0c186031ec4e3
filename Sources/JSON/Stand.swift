public struct Scanner: Sendable {
  public struct Raw: Sendable { public let pointer: String; public let text: String; public let hasNUL: Bool }
}
public enum Line {
  public static func quoted(_ s: String) -> String { "\"\(s)\"" }
}
