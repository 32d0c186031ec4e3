/// A configuration that cannot work: one sentence, which names the setting.
struct ConfigurationError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  init(_ setting: Setting, _ complaint: String) {
    let flag = setting.flag.map { ", \($0)" } ?? ""
    description = "\(setting.rawValue) (\(setting.environment)\(flag)) \(complaint)"
  }
}
