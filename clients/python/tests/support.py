"""The real binary and a private PostgreSQL, which scripts/test-clients has made."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import IO, List, Optional, cast

BINARY = os.environ["DESKPIPE"]
#: A ticket of the demo desk.
TICKET = "121d1e36-6e72-4d50-8b26-a0319f3ab03c"


def run(*arguments: str) -> str:
    return subprocess.run([BINARY, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def mint(lifetime: int = 60) -> str:
    return run("token", "mint", f"--lifetime={lifetime}")


def children() -> List[int]:
    """This process's own, dead ones that nobody waited for among them."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], stdout=subprocess.PIPE, text=True)
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "ps -o" not in line]


def is_a_desk(pid: int) -> bool:
    """Whether a process is deskpipe's, and no token that is just being made."""
    return b"demo" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") if Path(f"/proc/{pid}").exists() else False


class Holder:
    """Holds the lock that every write of a ticket takes, so that such a write waits."""

    def __init__(self, ticket: str) -> None:
        lines = run("db", "start").splitlines()
        self._url = next(line.partition("=")[2] for line in lines if line.startswith("DATABASE_OWNER_URL="))
        self._psql = psql()
        self._process = subprocess.Popen(
            [self._psql, "-XAtq", self._url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._key = f"hashtextextended('{ticket}', 0)"
        self._ask(f"select pg_advisory_lock({self._key});")

    def wait(self, count: int) -> None:
        """Until so many others wait for it."""
        query = (
            "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            f" and (classid::bigint << 32) | objid::bigint = {self._key};"
        )
        for _ in range(1000):
            if self._ask(query) == str(count):
                return
            time.sleep(0.01)
        raise AssertionError(f"never {count} that wait")

    def release(self) -> None:
        stdin = cast("IO[str]", self._process.stdin)
        stdin.close()
        self._process.wait()
        cast("IO[str]", self._process.stdout).close()

    def _ask(self, query: str) -> str:
        stdin, stdout = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        stdin.write(query + "\n\\echo .\n")
        stdin.flush()
        lines: List[str] = []
        while (line := stdout.readline().strip()) != ".":
            lines.append(line)
        return "\n".join(lines)


def psql() -> str:
    found: Optional[str] = shutil.which("psql")
    return found or str(sorted(Path("/usr/lib/postgresql").glob("*/bin/psql"))[-1])
