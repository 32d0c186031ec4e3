"""Completion as a person meets it: on a terminal, with the key."""

from __future__ import annotations

import os
import pty
import select
import time
import unittest
from typing import List

from support import Newcomer


class CompletionTests(unittest.TestCase):
    def complete(self, shell: List[str], prepare: str, after: str = "") -> str:
        """What is on the terminal once a call was typed by its beginnings and the key.

        The call is given up then, and a command run in its place.
        """
        newcomer = Newcomer()
        self.addCleanup(newcomer.close)
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(newcomer.home)
            os.execvpe(shell[0], shell, newcomer.environment)
        seen = ""

        def until(text: str) -> None:
            nonlocal seen
            end = time.monotonic() + 20
            while text not in seen:
                if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
                    self.fail(f"{text!r} never came: {seen!r}")
                seen += os.read(terminal, 65536).decode(errors="replace")

        try:
            # The words in two parts, so that their echo is not taken for them.
            os.write(terminal, f"{prepare}; echo rea''dy\r".encode())
            until("ready")
            os.write(terminal, b"deskpipe call tickets.li\t")
            until("call tickets.list ")
            os.write(terminal, b"prio\t")
            until("priority=")
            os.write(terminal, b"hi\t")
            until("priority=high")
            os.write(terminal, b"sno\t")
            until("snoozed=")
            os.write(terminal, b"tr\t")
            until("snoozed=true")
            if after:
                os.write(terminal, b"\x15" + after.encode() + b"; echo do''ne\r")
                until("done")
        finally:
            os.close(terminal)
            os.waitpid(pid, 0)
        return seen

    def test_bash(self) -> None:
        """Words are parted in the whole shell as they were before."""
        seen = self.complete(
            ["bash", "--norc", "--noprofile", "-i"],
            "before=$COMP_WORDBREAKS; source <(deskpipe completion bash)",
            '[ "$COMP_WORDBREAKS" = "$before" ] && echo the sa""me',
        )
        self.assertIn("the same", seen)

    def test_bash_where_words_are_parted_nowhere(self) -> None:
        self.complete(
            ["bash", "--norc", "--noprofile", "-i"],
            "COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]}; source <(deskpipe completion bash)",
        )

    def test_zsh(self) -> None:
        prepare = "autoload -U compinit; compinit -u -D; source <(deskpipe completion zsh)"
        self.complete(["zsh", "-f", "-i"], prepare)

    def test_fish(self) -> None:
        self.complete(["fish", "--no-config"], "deskpipe completion fish | source")


if __name__ == "__main__":
    unittest.main()
