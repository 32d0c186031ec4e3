"""The READMEs of what needs no package manager, typed as they are written."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import time
import unittest
from typing import List

from support import BINARY, ROOT, Newcomer, blocks


class ReadmeTests(unittest.TestCase):
    def setUp(self) -> None:
        self.newcomer = Newcomer()
        self.addCleanup(self.newcomer.close)

    def test_neovim(self) -> None:
        path, command, *_ = blocks("clients/neovim/README.md", "vim")
        (setup,) = blocks("clients/neovim/README.md", "lua")
        # What an earlier newcomer's help has left; this one's goes too.
        tags = ROOT / "clients/neovim/doc/tags"
        tags.unlink(missing_ok=True)
        self.addCleanup(lambda: tags.unlink(missing_ok=True))
        # As a newcomer's init.vim has them, and what they type then.
        init = self.newcomer.write("init.vim", f"{path}\nlua << END\n{setup}\nEND\n")
        script = self.newcomer.write(
            "type.lua",
            f"""
            vim.cmd([[{command.strip()}]])
            vim.wait(20000, function() return vim.fn.line('$') > 10 end, 20)
            print(vim.fn.getline(1) .. '|' .. vim.fn.getline(4))
            vim.fn.cursor(4, 1)
            vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<CR>', true, false, true), 'mx', false)
            vim.wait(20000, function() return vim.fn.search('^Customer: ') > 0 end, 20)
            print(vim.fn.getline(3))
            vim.cmd('help deskpipe')
            print(vim.fn.expand('%:t') .. '|' .. vim.bo.filetype)
            vim.cmd('DeskStop')
            vim.cmd('qall!')
            """,
        )
        ran = self.newcomer.run("nvim", "--headless", "-u", init, "-i", "NONE", "-c", f"luafile {script}", "-c", "cquit")
        self.assertRegex(ran.stdout, r"Tickets  status:open\|open ")
        self.assertRegex(ran.stdout, r"Customer: \w+")
        self.assertIn("deskpipe.txt|help", ran.stdout)
        self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_vim(self) -> None:
        path, demo, calls, events = blocks("clients/vim/README.md", "vim")
        # The plugin is found on the runtime path when Vim starts.
        vimrc = self.newcomer.write("vimrc", f"set nocompatible\n{path}\n{demo}")
        first, second = self.newcomer.write("calls.vim", calls), self.newcomer.write("events.vim", events)
        script = self.newcomer.write(
            "type.vim",
            f"""
            try
              redir => said
              source {first}
              source {second}
              sleep 1
              let page = system('deskpipe call --demo tickets.list status=open limit=1 2>/dev/null')
              call system('deskpipe call --demo messages.create is_internal=true body=Hello ticket_id=' .. json_decode(page).items[0].id)
              sleep 2
              redir END
              Desk status:open
              call writefile(split(said, "\\n") + [getline(1)], 'said')
            catch
              call writefile([v:exception, v:throwpoint], 'said')
            endtry
            qall!
            """,
        )
        self.newcomer.run("vim", "-N", "-u", vimrc, "-i", "NONE", "-n", "-es", "-S", script)
        said = (self.newcomer.home / "said").read_text()
        self.assertRegex(said, r"(?m)^\d+$")
        self.assertRegex(said, r"(?m)^5$")
        self.assertRegex(said, r"(?m)^message.created [0-9a-f-]{36}$")
        self.assertRegex(said, r"(?m)^open ")

    def test_emacs(self) -> None:
        path, demo, calls, events = blocks("clients/emacs/README.md", "elisp")
        init = self.newcomer.write("init.el", path + demo)
        typed = self.newcomer.write(
            "type.el",
            # A file of forms shows no values, so that the first call's is shown here.
            f"(princ (format \"count %s\\n\" (progn {calls.split(chr(10) * 2)[0]})))\n"
            + calls
            + events.split(";; Ends it")[0]
            + """
            (sit-for 1)
            (call-process-shell-command "deskpipe call --demo messages.create is_internal=true body=Hello ticket_id=$(deskpipe call --demo tickets.list status=open limit=1 | grep -o '\\"id\\": *\\"[^\\"]*' | head -1 | cut -d'\\"' -f4)")
            (accept-process-output nil 2)
            (sit-for 1)
            """
            + events.split("goes on from there.\n")[1]
            + """
            (deskpipe "status:open")
            (princ (buffer-substring (point-min) (line-end-position)))
            (deskpipe-stop)
            """,
        )
        ran = self.newcomer.run("emacs", "-Q", "--batch", "-l", init, "-l", typed)
        self.assertEqual(ran.returncode, 0, ran.stdout)
        self.assertRegex(ran.stdout, r"(?m)^count \d+$")
        self.assertRegex(ran.stdout, r"(?m)^5$")
        self.assertRegex(ran.stdout, r"(?m)^message.created$")
        self.assertRegex(ran.stdout, r"(?m)^ ?open ")

    def test_project(self) -> None:
        """Every line behind a $, in the checkout; what goes on until it is ended says something first."""
        commands: List[str] = re.findall(r"(?m)^    \$ (.*)$", (ROOT / "README.md").read_text())
        self.assertGreater(len(commands), 4)
        # `make demo` with the binary that is tested, which it would build anew where a source is younger.
        os.utime(BINARY)
        flags = f"binary={BINARY}"
        for command in commands:
            with self.subTest(command):
                process = subprocess.Popen(
                    ["bash", "-o", "pipefail", "-c", command],
                    cwd=ROOT,
                    env={**self.newcomer.environment, "MAKEFLAGS": flags},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    start_new_session=True,
                )
                assert process.stdout is not None
                if "--watch" in command or "--follow" in command:
                    ready, _, _ = select.select([process.stdout], [], [], 20)
                    self.assertTrue(ready and process.stdout.readline())
                    time.sleep(0.2)
                    self.assertIsNone(process.poll())
                    process.send_signal(signal.SIGTERM)
                    process.stdout.close()
                    process.wait(20)
                else:
                    said, _ = process.communicate(timeout=60)
                    self.assertEqual(process.returncode, 0)
                    self.assertNotEqual(said, "")


if __name__ == "__main__":
    unittest.main()
