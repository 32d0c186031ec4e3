"""What the README says about one's own database, typed as it is written, on a PostgreSQL that nobody has prepared."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from typing import Dict, List

from support import BINARY, ROOT


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class ProductionTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        # Root's PostgreSQL runs as another user, who has to get through.
        self.home.chmod(0o711)
        self.host = f"127.0.0.1:{free_port()}"
        self.start_postgres()
        subprocess.run(["openssl", "genrsa", "-out", "key.pem", "2048"], cwd=self.home, check=True, capture_output=True)
        public = ["openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "clerk.pem"]
        subprocess.run(public, cwd=self.home, check=True)
        text = (ROOT / "README.md").read_text()
        self.section = re.findall(r"(?s)## Running it on your own database\n(.*?)\n## ", text)[0]

    def start_postgres(self) -> None:
        """A new server with a superuser's password and no other user."""
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1]
        server = self.home / "server"
        server.mkdir()
        secret = self.home / "secret"
        secret.write_text("super\n")
        prefix: List[str] = []
        if os.getuid() == 0:
            shutil.chown(server, "postgres")
            prefix = ["runuser", "-u", "postgres", "--"]

        def run(*command: object) -> None:
            words = [*prefix, *map(str, command)]
            subprocess.run(words, cwd=self.home, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

        run(programs / "initdb", "-D", server / "data", "-A", "scram-sha-256", f"--pwfile={secret}", "-U", "postgres", "-N")
        port = self.host.rpartition(":")[2]
        control = [programs / "pg_ctl", "-D", server / "data", "-w"]
        run(*control, "-l", server / "log", "-o", f"-p {port} -k {server}", "start")
        self.addCleanup(run, *control, "-m", "immediate", "stop")
        self.psql = str(programs / "psql")

    def sql(self, user: str, database: str, text: str) -> None:
        command = [self.psql, "-XAtq", "-v", "ON_ERROR_STOP=1", f"postgres://{user}@{self.host}/{database}"]
        subprocess.run(command, input=text, text=True, check=True)

    def typed(self, commands: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """A shell that has the password where the README has dots, and the server where it has `host`."""
        return subprocess.run(
            ["bash", "-ec", self.here(commands)],
            cwd=self.home,
            env={"PATH": f"{BINARY.parent}:{os.environ['PATH']}", "HOME": str(self.home)},
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )

    def here(self, text: str) -> str:
        return text.replace("…", "secret").replace("@host/", f"@{self.host}/")

    def token(self) -> str:
        """As Clerk signs them, for an organization that the desk does not know."""
        now = int(time.time())
        claims = {"iss": "https://clerk.example.com", "sub": "user_1", "sid": "sess_1", "v": 2}
        claims.update({"iat": now, "nbf": now, "exp": now + 60, "o": {"id": "org_1", "rol": "admin", "slg": "acme"}})
        parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "typ": "JWT", "kid": "1"}, claims)]
        signed = ".".join(map(encoded, parts))
        command = ["openssl", "dgst", "-sha256", "-sign", "key.pem"]
        ran = subprocess.run(command, cwd=self.home, input=signed.encode(), check=True, stdout=subprocess.PIPE)
        return f"{signed}.{encoded(ran.stdout)}"

    def opened(self, settings: str, command: str) -> Dict[str, object]:
        call = {"jsonrpc": "2.0", "id": 1, "method": "session.open", "params": {"token": self.token()}}
        ran = self.typed(f"{settings}\n{command}", json.dumps(call) + "\n")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        answer = json.loads(ran.stdout)
        assert isinstance(answer, dict)
        return answer

    def test_the_way_to_a_first_session(self) -> None:
        created = re.findall(r"(?m)^ +(create .*;)$", self.section)
        self.assertEqual(len(created), 2)
        for statement in created:
            self.sql("postgres:super", "postgres", self.here(statement))
        (migrate,) = re.findall(r"`(DATABASE_OWNER_URL=\S+ deskpipe migrate)`", self.section)
        migrated = self.typed(migrate)
        self.assertEqual(migrated.returncode, 0, migrated.stderr)
        (login,) = re.findall(r"`(alter role deskpipe_serve .*?)`", self.section)
        self.sql("desk_owner:secret", "desk", self.here(login))
        (settings,) = re.findall(r"(?m)^ +(export (?:.*\\\n)*.*)$", self.section)
        (doctor,) = re.findall(r"`(DATABASE_OWNER_URL=\S+ deskpipe doctor)`", self.section)
        said = self.typed(f"{settings}\n{doctor} || true").stdout.splitlines()
        self.assertGreater(len(said), 20)
        # The machine's PostgreSQL may be older than it should be.
        self.assertEqual([line for line in said if not line.startswith(("ok ", "FAIL server_version:"))], [])
        refused = self.opened(settings, "deskpipe")
        self.assertIn('"kind": "organization_unknown"', json.dumps(refused))
        (provision,) = re.findall(r"`(DESKPIPE_PROVISION=\w+)`", self.section)
        self.assertIn('"name": "acme"', json.dumps(self.opened(settings, f"{provision} deskpipe")))
        # It is there from then on.
        self.assertIn('"name": "acme"', json.dumps(self.opened(settings, "deskpipe")))


if __name__ == "__main__":
    unittest.main()
