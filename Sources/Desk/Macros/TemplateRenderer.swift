/// Renders bound nodes; stops at the limits of output and of steps, which nested sections over lists would pass.
struct TemplateRenderer {
  private(set) var output = ""
  private var frames: [TemplateValue]
  private var steps = 0
  private let source: [UInt8]

  init(context: TemplateValue, source: [UInt8]) {
    frames = [context]
    self.source = source
  }

  /// Recursion is as deep as sections nest, which the parser limits.
  ///
  /// - Parameter offset: the place to name in errors until a tag has a nearer one.
  mutating func render(_ nodes: [TemplateNode<TemplateBinding>], at offset: Int = 0) throws(TemplateError) {
    var offset = offset
    for node in nodes {
      switch node {
      case .text(let text):
        try step(at: offset)
        try append(text, at: offset)
      case .value(let binding):
        offset = binding.offset
        try step(at: offset)
        try write(value(of: binding), at: offset)
      case .section(let binding, let isInverted, let inside):
        offset = binding.offset
        try step(at: offset)
        let value = value(of: binding)
        if isInverted {
          if value.isFalse { try render(inside, at: offset) }
        } else if case .list(let elements) = value {
          for element in elements { try render(inside, with: element, at: offset) }
        } else if !value.isFalse {
          try render(inside, with: value, at: offset)
        }
      }
    }
  }

  private mutating func render(
    _ nodes: [TemplateNode<TemplateBinding>], with value: TemplateValue, at offset: Int
  ) throws(TemplateError) {
    // An empty section over a long list is work too.
    try step(at: offset)
    frames.append(value)
    try render(nodes, at: offset)
    frames.removeLast()
  }

  private func value(of binding: TemplateBinding) -> TemplateValue {
    var value = frames[binding.frame]
    for key in binding.keys {
      guard case .object(let members) = value, let member = members[key] else { return .null }
      value = member
    }
    return value
  }

  private mutating func write(_ value: TemplateValue, at offset: Int) throws(TemplateError) {
    switch value {
    case .string(let text), .number(let text): try append(text, at: offset)
    case .bool(let bool): try append(bool ? "true" : "false", at: offset)
    case .null, .object: break
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        try step(at: offset)
        if index > 0 { try append(", ", at: offset) }
        try write(element, at: offset)
      }
    }
  }

  private mutating func append(_ text: String, at offset: Int) throws(TemplateError) {
    guard output.utf8.count + text.utf8.count <= Template.maximumOutput else {
      throw TemplateError(.outputTooLong, at: offset, of: source)
    }
    output += text
  }

  private mutating func step(at offset: Int) throws(TemplateError) {
    steps += 1
    guard steps <= Template.maximumSteps else { throw TemplateError(.tooMuchWork, at: offset, of: source) }
  }
}
