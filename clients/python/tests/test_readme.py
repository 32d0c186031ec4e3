"""The README's code, as a newcomer saves and runs it, in a folder of its own."""

from __future__ import annotations

import os
import re
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


if __name__ == "__main__":
    unittest.main()
