import JSON

/// What the plugins for editors know of the wire, as source in an editor's language: which methods take no session, and
/// the words that they complete.
public enum EditorTypes {
  /// A module for Neovim.
  public static func lua() -> String {
    let names = Methods.sessionless.map { "    [\(Line.quoted($0))] = true,\n" }.joined()
    let list = { (words: [String]) in "{ " + words.map { Line.quoted($0) + ", " }.joined() + "}" }
    let leads = SearchVocabulary.proposals.map { "    [\(Line.quoted($0.lead))] = \(list($0.words)),\n" }.joined()
    return """
      -- Made by `deskpipe types lua`; a test compares it.
      return {
        --- Methods that are for anyone: a call of them names no session.
        sessionless = {
      \(names)  },
        statuses = \(list(TicketShapes.statuses)),
        priorities = \(list(TicketShapes.priorities)),
        --- The beginnings of a query's qualifiers, and what may stand behind them; what is not here is not completed.
        qualifiers = {
      \(leads)  },
      }

      """
  }

  /// A script to import in Vim 9.
  public static func vim() -> String {
    let names = Methods.sessionless.map { "  \(Line.quoted($0)),\n" }.joined()
    let words = proposals.map { "  \(Line.quoted($0)),\n" }.joined()
    return """
      vim9script
      # Made by `deskpipe types vim`; a test compares it.

      # Methods that are for anyone: a call of them names no session.
      export const sessionless = [
      \(names)]

      # What a part of a query may be.
      export const queries = [
      \(words)]

      """
  }

  /// A library for Emacs.
  public static func elisp() -> String {
    let names = Methods.sessionless.map(Line.quoted).joined(separator: "\n    ")
    let words = proposals.map(Line.quoted).joined(separator: "\n    ")
    return """
      ;;; deskpipe-methods.el --- Methods of deskpipe -*- lexical-binding: t; -*-

      ;;; Commentary:

      ;; Made by `deskpipe types elisp'; a test compares it.

      ;;; Code:

      (defconst deskpipe-methods-sessionless
        '(\(names))
        "Methods that are for anyone: a call of them names no session.")

      (defconst deskpipe-methods-queries
        '(\(words))
        "What a part of a query may be.")

      (provide 'deskpipe-methods)
      ;;; deskpipe-methods.el ends here

      """
  }

  /// A qualifier by itself, and with each word that may be proposed for it.
  private static var proposals: [String] {
    SearchVocabulary.proposals.flatMap { proposal in [proposal.lead] + proposal.words.map { proposal.lead + $0 } }
  }
}
