import JSON

/// The wire as one JSON Schema, for generators of other languages; what drafts 7 and 2020-12 have in common.
public enum JSONSchemaTypes {
  /// A document whose `definitions` are the named types, and the parameters and the result of each method.
  public static func document() -> String {
    let types = DiscoverTypes(Methods.all)
    var definitions = types.schemas(below: base)
    for method in Methods.all {
      let params = Shape.object(method.allParams)
      definitions.append((method.paramsName, types.schema(of: params, isParameter: true, below: base)))
    }
    return JSONText.object([
      ("$schema", "\"http://json-schema.org/draft-07/schema#\""),
      ("title", "\"deskpipe\""),
      ("definitions", JSONText.object(definitions)),
    ])
  }

  private static let base = "#/definitions/"
}
