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

  /// `name=value` has to be one word, though bash parts words at its equals sign and goes on behind that. What parts them
  /// (COMP_WORDBREAKS) is the whole shell's, and so is left alone.
  private static let bash = #"""

    _deskpipe_words() {
        # What no blank parts is one word; the last ends at the cursor.
        local rest="${COMP_LINE:0:COMP_POINT}" word
        local -a words=()
        local -i index
        for ((index = 0; index <= COMP_CWORD; index++)); do
            word="${rest#"${rest%%[![:space:]]*}"}"
            if [[ ${#words[@]} -gt 0 && "${word}" == "${rest}" && -n "${rest}" ]]; then
                words[${#words[@]}-1]+="${word:0:${#COMP_WORDS[index]}}"
            elif [[ ${#words[@]} -eq 0 || "${word}" != "${rest}" ]]; then
                words+=("${word:0:${#COMP_WORDS[index]}}")
            fi
            rest="${word:${#COMP_WORDS[index]}}"
        done
        local -i last=$((${#words[@]} - 1))
        local begun="${words[last]}" before="${words[last ? last - 1 : 0]}"
        local -a COMP_WORDS=("${words[@]}" "${COMP_WORDS[@]:COMP_CWORD + 1}")
        local -i COMP_CWORD=last
        _deskpipe "$1" "${begun}" "${before}"
        # In the name of a file bash would put a backslash before the sign.
        if [[ "${begun}${COMPREPLY[*]}" == *=* ]]; then compopt +o filenames; fi
        # bash has what stands before the part that it completes already.
        if [[ "${begun}" == *"$2" ]]; then COMPREPLY=("${COMPREPLY[@]#"${begun%"$2"}"}"); fi
        if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
    }

    complete -o filenames -F _deskpipe_words deskpipe

    """#

  private static let zshCall = #"        __deskpipe_complete "${completions[@]:0:-1}""#
  private static let zshCalls = #"""
            completions=("${completions[@]:0:-1}")
            compadd -S '' -- "${(@M)completions:#*=}"
            compadd -- "${(@)completions:#*=}"
    """#
}
