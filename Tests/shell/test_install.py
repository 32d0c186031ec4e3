"""`make install`, typed as the README has it, and what a person finds where it has installed."""

from __future__ import annotations

import os
import subprocess
import unittest
from pathlib import Path

from support import BINARY, ROOT, Newcomer


class InstallTests(unittest.TestCase):
    def setUp(self) -> None:
        self.newcomer = Newcomer()
        self.addCleanup(self.newcomer.close)
        self.assertIn("`make install PREFIX=...`", (ROOT / "README.md").read_text())
        # With the binary that is tested, which it would build anew where a source is younger.
        os.utime(BINARY)

    def install(self, *words: str) -> None:
        ran = self.newcomer.run("make", "-C", "src/deskpipe", "install", *words, f"binary={BINARY}")
        self.assertEqual(ran.returncode, 0, ran.stdout)

    def shell(self, *command: str) -> str:
        """What a command prints for whom has the installed program in PATH, and no other."""
        ran = self.newcomer.run(*command)
        self.assertEqual(ran.returncode, 0, ran.stdout)
        return ran.stdout

    def test_everything_is_where_it_is_looked_for(self) -> None:
        prefix = self.newcomer.home / "opt"
        self.install(f"PREFIX={prefix}")
        self.assertEqual(
            sorted(str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()),
            [
                "bin/deskpipe",
                "share/bash-completion/completions/deskpipe",
                "share/fish/vendor_completions.d/deskpipe.fish",
                "share/man/man1/deskpipe.1",
                "share/zsh/site-functions/_deskpipe",
            ],
        )
        self.newcomer.environment["PATH"] = f"{prefix}/bin:/usr/bin:/bin"
        self.assertEqual(self.shell("sh", "-c", "command -v deskpipe").strip(), f"{prefix}/bin/deskpipe")
        self.assertRegex(self.shell("deskpipe", "--version"), r"^\d+\.\d+\.\d+\n$")
        self.assertRegex(self.shell("sh", "-c", "deskpipe call --demo tickets.count 2>/dev/null"), r"^{.*\d+.*}\n$")
        self.completes(prefix / "share")
        self.newcomer.environment["MANPATH"] = f"{prefix}/share/man"
        self.newcomer.environment["MANWIDTH"] = "80"
        page = self.shell("man", "deskpipe")
        self.assertIn("customer-support desk behind a pipe", page)
        self.assertIn("EXIT STATUS", page)

    def completes(self, share: Path) -> None:
        """Each shell knows how, from the file alone that it would find."""
        bash = f". {share}/bash-completion/completions/deskpipe; complete -p deskpipe"
        self.assertIn("_deskpipe", self.shell("bash", "--norc", "-c", bash))
        zsh = f"fpath=({share}/zsh/site-functions $fpath); autoload -U compinit; compinit -u -D; echo $_comps[deskpipe]"
        self.assertEqual(self.shell("zsh", "-f", "-c", zsh), "_deskpipe\n")
        fish = f"source {share}/fish/vendor_completions.d/deskpipe.fish; complete deskpipe"
        self.assertRegex(self.shell("fish", "--no-config", "-c", fish), r"(?m)^complete .*deskpipe")

    def test_a_package_is_put_together_in_a_folder_of_its_own(self) -> None:
        staged = self.newcomer.home / "package"
        self.install(f"DESTDIR={staged}", "PREFIX=/usr")
        self.assertTrue((staged / "usr" / "bin" / "deskpipe").is_file())
        version = subprocess.run([str(staged / "usr" / "bin" / "deskpipe"), "--version"], stdout=subprocess.PIPE)
        self.assertEqual(version.returncode, 0)
        for path in staged.rglob("*"):
            # Nothing tells where it was put together.
            if path.is_file() and path.parent.name != "bin":
                self.assertNotIn(str(staged), path.read_text())
        self.assertEqual((staged / "usr/bin/deskpipe").stat().st_mode & 0o777, 0o755)


if __name__ == "__main__":
    unittest.main()
