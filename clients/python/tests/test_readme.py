"""The README's code, as a newcomer saves and runs it, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from .support import BINARY

PACKAGE = Path(__file__).parent.parent


class ReadmeTests(unittest.TestCase):
    def test_every_block_runs(self) -> None:
        readme = (PACKAGE / "README.md").read_text()
        blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
        self.assertGreater(len(blocks), 4)
        # What the README says where nothing is installed.
        (export,) = re.findall(r"(?m)^    (export .*)$", readme)
        export = export.replace("/path/to/deskpipe", str(PACKAGE.parent.parent.resolve()))
        environment = {
            "PATH": f"{Path(BINARY).parent}:{os.environ['PATH']}",
            "DESKPIPE_HOME": os.environ["DESKPIPE_HOME"],
        }
        for number, block in enumerate(blocks, 1):
            with self.subTest(block=number), tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "first.py").write_text(block)
                ran = subprocess.run(
                    ["sh", "-ec", f"{export}; exec '{sys.executable}' -W error first.py"],
                    cwd=folder,
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
                self.assertEqual((ran.returncode, ran.stderr), (0, ""))
                if number == 1:
                    self.assertRegex(ran.stdout, r"^Ingrid Solberg of Moorland Cycles\n")

    def test_what_is_installed_runs(self) -> None:
        """The commands of the README, typed in a clean folder; pip fetches what it builds with."""
        readme = (PACKAGE / "README.md").read_text()
        (install,) = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
        first = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[0]
        with tempfile.TemporaryDirectory() as folder:
            # A copy, since pip builds in place.
            checkout = Path(folder) / "deskpipe"
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", ".mypy_cache")
            shutil.copytree(PACKAGE, checkout / "clients" / "python", ignore=ignored)
            home = Path(folder) / "home"
            home.mkdir()
            (home / "first.py").write_text(first)
            script = install.replace("/path/to/deskpipe", str(checkout)) + (
                "python3 -W error first.py\n"
                "python3 -c 'import deskpipe, os; print(sorted(os.listdir(os.path.dirname(deskpipe.__file__))))'\n"
            )
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
            environment["PATH"] = f"{Path(BINARY).parent}:{os.environ['PATH']}"
            environment["PIP_NO_CACHE_DIR"] = environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
            ran = subprocess.run(
                ["sh", "-ec", script],
                cwd=home,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            if "No matching distribution found for setuptools" in ran.stdout:
                self.skipTest("no index of packages can be reached")
            self.assertEqual(ran.returncode, 0, ran.stdout)
            self.assertRegex(ran.stdout, r"(?m)^Ingrid Solberg of Moorland Cycles$")
            self.assertRegex(ran.stdout, r"'_protocol\.py'.*'py\.typed'.*'sync\.py'")

    def test_the_generated_module_stands_by_itself(self) -> None:
        """What `deskpipe types python` writes, in a folder where nothing of this package is."""
        with tempfile.TemporaryDirectory() as folder:
            with (Path(folder) / "wire.py").open("w") as module:
                subprocess.run([BINARY, "types", "python"], check=True, stdout=module)
            (Path(folder) / "use.py").write_text(
                "import wire\n\n\n"
                "def title(ticket: wire.TicketRow) -> str:\n"
                "    return f'{ticket[\"number\"]} {ticket[\"subject\"]}'\n\n\n"
                "error = wire.ERRORS['conflict'](1103, 'Others were faster.', {'kind': 'conflict'})\n"
                "print(isinstance(error, wire.ConflictError), error.kind, wire.METHODS['tickets.list'].effect)\n"
            )
            environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

            def run(*command: str) -> str:
                ran = subprocess.run(
                    command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
                )
                self.assertEqual(ran.returncode, 0, ran.stdout)
                return ran.stdout

            self.assertEqual(run(sys.executable, "-W", "error", "use.py"), "True conflict read\n")
            run("mypy", "--strict", "--cache-dir", str(Path(folder) / "cache"), "use.py")


if __name__ == "__main__":
    unittest.main()
