"""What scripts/setup does to a machine while it installs packages."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import ROOT

SCRIPT = str(ROOT / "scripts" / "without-services")


class SetupTests(unittest.TestCase):
    """Nothing is started that is installed, and nothing is left behind."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.policy = Path(folder.name) / "usr" / "sbin" / "policy-rc.d"
        self.policy.parent.mkdir(parents=True)
        self.environment = {**os.environ, "DESKPIPE_ROOT": folder.name}

    def run_while(self, script: str) -> "subprocess.CompletedProcess[str]":
        """Runs what stands for an installation, with the policy as its first parameter."""
        return subprocess.run(
            [SCRIPT, "sh", "-c", script, "sh", str(self.policy)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=20,
        )

    def test_forbids_every_start_until_all_is_installed(self) -> None:
        ran = self.run_while('"$1" postgresql start; echo $?')
        self.assertEqual((ran.stdout, ran.returncode), ("101\n", 0))
        self.assertFalse(self.policy.exists())

    def test_leaves_nothing_where_an_installation_fails(self) -> None:
        ran = self.run_while('[ -x "$1" ] && exit 100')
        self.assertEqual((ran.stdout, ran.returncode), ("", 100))
        self.assertFalse(self.policy.exists())

    def test_leaves_the_policy_that_is_there(self) -> None:
        self.policy.write_text("#!/bin/sh\nexit 104\n")
        self.policy.chmod(0o744)
        before = self.policy.stat()
        ran = self.run_while('"$1"; echo $?')
        self.assertEqual(ran.stdout, "104\n")
        after = self.policy.stat()
        self.assertEqual((after.st_ino, after.st_mode), (before.st_ino, before.st_mode))
        self.assertEqual(after.st_mtime_ns, before.st_mtime_ns)

    def test_leaves_nothing_where_it_is_ended(self) -> None:
        # Where nohup runs the tests it is ignored, by whatever they start too.
        self.addCleanup(signal.signal, signal.SIGHUP, signal.signal(signal.SIGHUP, signal.SIG_DFL))
        for number in (signal.SIGTERM, signal.SIGHUP):
            # The command is ended with it, as by a terminal.
            process = subprocess.Popen(
                [SCRIPT, "sh", "-c", "echo ready; sleep 20"],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            assert process.stdout is not None
            self.assertEqual(process.stdout.readline(), b"ready\n")
            self.assertTrue(self.policy.exists())
            os.killpg(process.pid, number)
            process.stdout.close()
            self.assertNotEqual(process.wait(20), 0)
            self.assertFalse(self.policy.exists())

    def test_says_nothing_where_nothing_is_missing(self) -> None:
        """As after the command that runs these tests."""
        ran = subprocess.run(
            [str(ROOT / "scripts" / "setup"), "tests"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60
        )
        self.assertEqual((ran.stdout, ran.returncode), ("", 0))

    def test_installs_by_it(self) -> None:
        setup = (ROOT / "scripts" / "setup").read_text()
        self.assertIn('/without-services" \\\n    apt-get install', setup)
        self.assertEqual(setup.count("apt-get install"), 1)


if __name__ == "__main__":
    unittest.main()
