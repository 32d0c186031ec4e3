"""What a newcomer has: the checkout at ~/src/deskpipe, deskpipe in PATH, and a home with nothing else in it."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Dict, List

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = Path(os.environ["DESKPIPE"])


class Newcomer:
    """A person with a clean folder, who types what a README says."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.home = Path(self._folder.name)
        (self.home / "src").mkdir()
        (self.home / "src" / "deskpipe").symlink_to(ROOT)
        self.environment: Dict[str, str] = {
            "PATH": f"{BINARY.parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "TERM": "dumb",
            "LANG": "C.UTF-8",
            "DESKPIPE_HOME": os.environ["DESKPIPE_HOME"],
        }

    def write(self, name: str, text: str) -> str:
        path = self.home / name
        path.write_text(text)
        return str(path)

    def run(self, *command: str, timeout: float = 60) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )

    def close(self) -> None:
        self._folder.cleanup()


def blocks(readme: str, language: str) -> List[str]:
    """The code of that language in a README, block by block."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / readme).read_text(), re.DOTALL)
