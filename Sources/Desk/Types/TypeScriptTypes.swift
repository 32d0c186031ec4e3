import JSON

/// The wire as TypeScript: declarations without any code, and the table that a client looks methods up in.
public enum TypeScriptTypes {
  /// A file of declarations.
  public static func declarations() -> String {
    let types = DiscoverTypes(Methods.all)
    let writer = TypeScriptWriter(types: types)
    var text = """
      // Made by `deskpipe types typescript`; a test compares it.

      /** Any JSON value. */
      export type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined };

      """
    for type in types.all { text += writer.declaration(type.name, type.shape) }
    text += writer.declaration("ErrorData", Failure.dataShape)
    for method in Methods.all {
      let params = Shape.object(method.allParams)
      text += writer.declaration(method.paramsName, params, summary: "Parameters of \(method.name).")
    }
    return text + methods(writer) + notifications(writer) + namespaces(writer)
  }

  /// A module with what a client has to know of the wire and of each method to call it well.
  public static func table() -> String {
    var text = "// Made by `deskpipe types javascript`; a test compares it.\n\n"
    text += """
      /** Bytes that a line to the desk may have without its LF. */
      export const lineBytes = \(ServiceLimits().lineBytes);

      /**
       * Every method: its effect, whether it takes an idempotency_key, answers pages, takes a session, sends parts.
       * @type {import("../types/protocol.js").MethodTable}
       */
      export const methods = {

      """
    for method in Methods.all {
      text += "  \(Line.quoted(method.name)): { effect: \(Line.quoted(method.effect.rawValue)), "
      text += "keyed: \(method.isKeyed), pages: \(method.pageItem != nil), "
      text += "sessions: \(method.isForSession), parts: \(method.comesInParts) },\n"
    }
    return text + "};\n"
  }

  private static func methods(_ writer: TypeScriptWriter) -> String {
    var text = "\n/** Every method: what it takes and what it answers. */\nexport interface Methods {\n"
    for method in Methods.all {
      text +=
        "  \(Line.quoted(method.name)): { params: \(method.paramsName); result: \(writer.type(method.result)) };\n"
    }
    let effects = Effect.allCases.map { Line.quoted($0.rawValue) }.joined(separator: " | ")
    return text + """
      }

      /** What a client has to know of a method to call it well. */
      export interface MethodFacts {
        /** What a call may do to the desk, at worst. */
        readonly effect: \(effects);
        /** Whether it takes an idempotency_key. */
        readonly keyed: boolean;
        /** Whether it answers pages. */
        readonly pages: boolean;
        /** Whether it takes a session. */
        readonly sessions: boolean;
        /** Whether what it reads comes in notifications ahead of its answer. */
        readonly parts: boolean;
      }

      export type MethodTable = { readonly [Name in keyof Methods]: MethodFacts };

      """
  }

  private static func notifications(_ writer: TypeScriptWriter) -> String {
    var text = "\n/** Every notification of the server: what it says. */\nexport interface Notifications {\n"
    for notification in Notifications.all where notification.sender == .server {
      text += "  \(Line.quoted(notification.name)): \(writer.type(.object(notification.params)));\n"
    }
    return text + "}\n"
  }

  /// Calls are grouped as their names are; `Options` is whatever a client takes beside the parameters.
  private static func namespaces(_ writer: TypeScriptWriter) -> String {
    var text = "\n/** The methods as functions, by namespace; `Options` is what a client takes beside parameters. */\n"
    text += "export interface Namespaces<Options> {\n"
    for (namespace, methods) in Methods.byNamespace {
      text += "  readonly \(namespace): {\n"
      for method in methods {
        let mark = method.allParams.contains(where: \.isRequired) ? "" : "?"
        let arguments = "(params\(mark): \(method.paramsName), options?: Options)"
        text += writer.comment(method.summary, indent: "    ")
        text += "    \(method.verb)\(arguments): Promise<\(writer.type(method.result))>;\n"
        if let item = method.pageItem {
          text += writer.comment("Every item of \(method.name), page after page.", indent: "    ")
          text += "    \(method.verb)_all\(arguments): AsyncIterableIterator<\(writer.type(item))>;\n"
        }
      }
      text += "  };\n"
    }
    return text + "}\n"
  }
}

/// Writes shapes as types of TypeScript.
struct TypeScriptWriter {
  let types: DiscoverTypes

  func declaration(_ name: String, _ shape: Shape, summary: String = "") -> String {
    let comment = summary.isEmpty ? "" : comment(summary)
    guard case .object(let properties) = shape else { return "\n\(comment)export type \(name) = \(written(shape));\n" }
    var text = "\n\(comment)export interface \(name) {\n"
    for property in properties {
      if !property.summary.isEmpty { text += self.comment(property.summary, indent: "  ") }
      text += "  \(Self.key(property.name))\(property.isRequired ? "" : "?"): \(type(property.shape));\n"
    }
    return text + "}\n"
  }

  func comment(_ text: String, indent: String = "") -> String {
    "\(indent)/** \(text.replacing("*/", with: "*\\/")) */\n"
  }

  /// A type by its name where it has one.
  func type(_ shape: Shape) -> String {
    (types.named(shape) ?? types.named(shape, isParameter: true))?.name ?? written(shape)
  }

  private func written(_ shape: Shape) -> String {
    switch shape {
    case .any: "Json"
    case .null: "null"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .choice(let words): words.map(Line.quoted).joined(separator: " | ")
    case .array(let element, _), .rawList(let element, _): list(of: type(element))
    case .object(let properties):
      "{ "
        + properties.map { "\(Self.key($0.name))\($0.isRequired ? "" : "?"): \(type($0.shape))" }
        .joined(separator: "; ") + " }"
    case .map(let element): "{ [name: string]: \(type(element)) }"
    case .raw: "{ [name: string]: Json | undefined }"
    case .nullable(let shape): type(shape) + " | null"
    case .union(let shapes): shapes.map(type).joined(separator: " | ")
    case .described(let shape, _): type(shape)
    }
  }

  private func list(of element: String) -> String { element.contains(" ") ? "(\(element))[]" : element + "[]" }

  private static func key(_ name: String) -> String {
    name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : Line.quoted(name)
  }
}
