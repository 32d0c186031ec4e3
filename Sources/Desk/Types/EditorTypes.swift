import JSON

/// What the plugins for editors know of the methods: those that take no session, as source in an editor's language.
public enum EditorTypes {
  /// A module for Neovim, which answers a set of names.
  public static func lua() -> String {
    let names = Methods.sessionless.map { "  [\(Line.quoted($0))] = true,\n" }.joined()
    return """
      -- Made by `deskpipe types lua`; a test compares it.

      --- Methods that are for anyone: a call of them names no session.
      return {
      \(names)}

      """
  }

  /// A script to import in Vim 9.
  public static func vim() -> String {
    let names = Methods.sessionless.map { "  \(Line.quoted($0)),\n" }.joined()
    return """
      vim9script
      # Made by `deskpipe types vim`; a test compares it.

      # Methods that are for anyone: a call of them names no session.
      export const sessionless = [
      \(names)]

      """
  }

  /// A library for Emacs.
  public static func elisp() -> String {
    let names = Methods.sessionless.map(Line.quoted).joined(separator: "\n    ")
    return """
      ;;; deskpipe-methods.el --- Methods of deskpipe -*- lexical-binding: t; -*-

      ;;; Commentary:

      ;; Made by `deskpipe types elisp'; a test compares it.

      ;;; Code:

      (defconst deskpipe-methods-sessionless
        '(\(names))
        "Methods that are for anyone: a call of them names no session.")

      (provide 'deskpipe-methods)
      ;;; deskpipe-methods.el ends here

      """
  }
}
