import ArgumentParser

struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes what completes commands, methods and parameters in a shell.",
    discussion: """
      bash: source <(deskpipe completion bash). zsh: a file _deskpipe in a folder of $fpath. fish: a file deskpipe.fish \
      in ~/.config/fish/completions. make install puts them where shells look.
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws { writeAll(Self.script(shell), to: Wire.output) }

  /// As the library makes it, but without a blank behind `name=`, where the value follows; fish knows that by itself.
  static func script(_ shell: Shell) -> String {
    switch shell {
    case .bash: Deskpipe.completionScript(for: .bash) + "\n" + bash
    case .zsh: Deskpipe.completionScript(for: .zsh).replacing(zshCall, with: zshCalls) + "\n"
    case .fish: Deskpipe.completionScript(for: .fish) + "\n"
    }
  }

  /// `name=value` has to be one word.
  private static let bash = #"""

    _deskpipe_words() {
        _deskpipe "$@"
        if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
    }

    COMP_WORDBREAKS=${COMP_WORDBREAKS//=}
    complete -o filenames -F _deskpipe_words deskpipe

    """#

  private static let zshCall = #"        __deskpipe_complete "${completions[@]:0:-1}""#
  private static let zshCalls = #"""
            completions=("${completions[@]:0:-1}")
            compadd -S '' -- "${(@M)completions:#*=}"
            compadd -- "${(@)completions:#*=}"
    """#
}
