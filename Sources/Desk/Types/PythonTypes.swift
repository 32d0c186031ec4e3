import JSON

/// The wire as a module of Python: types, exceptions, the table of methods, and the methods as functions.
public enum PythonTypes {
  public static func module() -> String {
    let types = DiscoverTypes(Methods.all)
    let writer = PythonWriter(types: types)
    var text = preamble + base
    for type in Self.ordered(types) { text += writer.definition(type.name, type.shape) }
    text += writer.definition("ErrorData", Failure.dataShape)
    text += errors() + table()
    for (namespace, methods) in Methods.byNamespace {
      for isAsync in [true, false] { text += self.namespace(namespace, methods, writer, isAsync: isAsync) }
    }
    return text + group(isAsync: true) + group(isAsync: false)
  }

  /// Words first, since they are looked up when the module is read.
  private static func ordered(_ types: DiscoverTypes) -> [DiscoverTypes.Named] {
    types.all.filter { $0.shape.properties.isEmpty } + types.all.filter { !$0.shape.properties.isEmpty }
  }

  private static let preamble = """
    # Made by `deskpipe types python`; a test compares it.
    from __future__ import annotations

    from typing import Any, AsyncIterator, Dict, Iterator, List, Literal, Mapping, NamedTuple, Optional, Protocol, Type, TypedDict, Union, cast

    JSON = Any

    #: Bytes that a line to the desk may have without its LF.
    LINE_BYTES = \(ServiceLimits().lineBytes)

    """

  /// One exception a kind, found by its kind.
  private static func errors() -> String {
    var text = ""
    for kind in FailureKind.allCases {
      text += "\n\nclass \(className(kind))(DeskError):\n    \(PythonWriter.documentation(kind.summary))\n"
    }
    text += "\n\nERRORS: Dict[str, Type[DeskError]] = {\n"
    for kind in FailureKind.allCases { text += "    \(Line.quoted(kind.rawValue)): \(className(kind)),\n" }
    return text + "}\n"
  }

  private static func className(_ kind: FailureKind) -> String {
    let name = DiscoverTypes.camel(kind.rawValue)
    return name.hasSuffix("Error") ? name : name + "Error"
  }

  private static func table() -> String {
    var text = """


      class Method(NamedTuple):
          \"""What a client has to know of a method to call it well.\"""

          effect: Literal[\(Effect.allCases.map { Line.quoted($0.rawValue) }.joined(separator: ", "))]
          keyed: bool
          pages: bool
          sessions: bool
          parts: bool


      METHODS: Dict[str, Method] = {

      """
    for method in Methods.all {
      let facts = [
        Line.quoted(method.effect.rawValue), bool(method.isKeyed), bool(method.pageItem != nil),
        bool(method.isForSession), bool(method.comesInParts),
      ]
      text += "    \(Line.quoted(method.name)): Method(\(facts.joined(separator: ", "))),\n"
    }
    return text + "}\n"
  }

  private static func bool(_ value: Bool) -> String { value ? "True" : "False" }

  private static func namespace(
    _ name: String, _ methods: [AnyMethod], _ writer: PythonWriter, isAsync: Bool
  ) -> String {
    var text = "\n\nclass \(isAsync ? "Async" : "Sync")\(DiscoverTypes.camel(name)):\n"
    text += "    \"\"\"The methods \(name).*.\"\"\"\n\n"
    text += "    def __init__(self, caller: \(isAsync ? "AsyncCaller" : "SyncCaller")) -> None:\n"
    text += "        self._caller = caller\n"
    for method in methods {
      let params = method.allParams
      let result = writer.type(method.result)
      let call = "self._caller.call(\(Line.quoted(method.name)), \(arguments(params)))"
      text += "\n    \(isAsync ? "async " : "")def \(PythonWriter.identifier(method.verb))"
      text += signature(params, writer, result: result)
      text += "        \(PythonWriter.documentation(method.summary))\n"
      text += "        return cast(\(Line.quoted(result)), \(isAsync ? "await " : "")\(call))\n"
      guard let item = method.pageItem else { continue }
      let iterator = "\(isAsync ? "AsyncIterator" : "Iterator")[\(writer.type(item))]"
      text += "\n    def \(method.verb)_all" + signature(params, writer, result: iterator)
      text += "        \(PythonWriter.documentation("Every item of \(method.name), page after page."))\n"
      let pages = "self._caller.pages(\(Line.quoted(method.name)), \(arguments(params)))"
      text += "        return cast(\(Line.quoted(iterator)), \(pages))\n"
    }
    return text
  }

  private static func signature(_ params: [Shape.Property], _ writer: PythonWriter, result: String) -> String {
    var text = "("
    if params.isEmpty { return "(self) -> \(result):\n" }
    text += "\n        self,\n        *,\n"
    for param in params {
      let type = writer.type(param.shape, isParameter: true)
      text += "        \(PythonWriter.identifier(param.name)): "
      text += param.isRequired ? "\(type),\n" : "Union[\(type), Unset] = UNSET,\n"
    }
    return text + "    ) -> \(result):\n"
  }

  private static func arguments(_ params: [Shape.Property]) -> String {
    "{" + params.map { "\(Line.quoted($0.name)): \(PythonWriter.identifier($0.name))" }.joined(separator: ", ") + "}"
  }

  /// What a desk inherits: its namespaces as attributes.
  private static func group(isAsync: Bool) -> String {
    var text = "\n\nclass \(isAsync ? "Async" : "Sync")Namespaces:\n    \"\"\"Every namespace of methods.\"\"\"\n\n"
    text += "    def __init__(self, caller: \(isAsync ? "AsyncCaller" : "SyncCaller")) -> None:\n"
    for (name, _) in Methods.byNamespace {
      text += "        self.\(name) = \(isAsync ? "Async" : "Sync")\(DiscoverTypes.camel(name))(caller)\n"
    }
    return text
  }
}

/// Writes shapes as types of Python's `typing`, as far as 3.9 knows it.
struct PythonWriter {
  let types: DiscoverTypes

  func definition(_ name: String, _ shape: Shape) -> String {
    guard case .object(let properties) = shape else { return "\(name) = \(written(shape))\n" }
    let required = properties.filter(\.isRequired)
    let optional = properties.filter { !$0.isRequired }
    if required.isEmpty || optional.isEmpty {
      return body(name, properties, base: "TypedDict", isTotal: optional.isEmpty)
    }
    // NotRequired came with 3.11.
    return body("_\(name)", required, base: "TypedDict", isTotal: true)
      + body(name, optional, base: "_\(name)", isTotal: false)
  }

  private func body(_ name: String, _ properties: [Shape.Property], base: String, isTotal: Bool) -> String {
    let total = isTotal ? "" : ", total=False"
    if properties.contains(where: { Self.identifier($0.name) != $0.name }) {
      // Names that the class syntax cannot have.
      let members = properties.map { "    \(Line.quoted($0.name)): \(Line.quoted(type($0.shape))),\n" }.joined()
      let functional = base == "TypedDict" ? name : "_\(name)Rest"
      let text = "\n\n\(functional) = TypedDict(\(Line.quoted(functional)), {\n\(members)}\(total))\n"
      return base == "TypedDict" ? text : text + "\n\nclass \(name)(\(base), \(functional)):\n    pass\n"
    }
    var text = "\n\nclass \(name)(\(base)\(total)):\n"
    for property in properties {
      if !property.summary.isEmpty { text += "    #: \(property.summary)\n" }
      text += "    \(property.name): \(type(property.shape))\n"
    }
    return text + (properties.isEmpty ? "    pass\n" : "")
  }

  /// A type by its name where it has one.
  func type(_ shape: Shape, isParameter: Bool = false) -> String {
    (types.named(shape, isParameter: isParameter) ?? types.named(shape, isParameter: !isParameter))?.name
      ?? written(shape)
  }

  private func written(_ shape: Shape) -> String {
    switch shape {
    case .any: "JSON"
    case .null: "None"
    case .bool: "bool"
    case .integer: "int"
    case .number: "float"
    case .string: "str"
    case .choice(let words): "Literal[" + words.map(Line.quoted).joined(separator: ", ") + "]"
    case .array(let element, _), .rawList(let element, _): "List[\(type(element))]"
    case .object: "Dict[str, JSON]"
    case .map(let element): "Mapping[str, \(type(element))]"
    case .raw: "Mapping[str, JSON]"
    case .nullable(let shape): "Optional[\(type(shape))]"
    case .union(let shapes): "Union[\(shapes.map { type($0) }.joined(separator: ", "))]"
    case .described(let shape, _): type(shape)
    }
  }

  static func documentation(_ text: String) -> String {
    "\"\"\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "'") + "\"\"\""
  }

  /// A name that Python's syntax takes.
  static func identifier(_ name: String) -> String {
    let plain = String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    return keywords.contains(plain) ? plain + "_" : plain
  }

  private static let keywords: Set = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
  ]
}
