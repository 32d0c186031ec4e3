"""How the README says deskpipe is reached from elsewhere: over ssh with a forced command, and by a socket."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
import unittest
from typing import List

from support import BINARY, ROOT, Newcomer

WHOAMI = '{"jsonrpc":"2.0","id":1,"method":"session.whoami"}\n'


class ReachTests(unittest.TestCase):
    def setUp(self) -> None:
        self.newcomer = Newcomer()
        self.addCleanup(self.newcomer.close)
        self.readme = (ROOT / "README.md").read_text()

    def start(self, *command: str) -> None:
        process = subprocess.Popen(
            command,
            cwd=self.newcomer.home,
            env=self.newcomer.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)

    def connected(self, family: int, address: object) -> socket.socket:
        for _ in range(2000):
            try:
                connection = socket.socket(family, socket.SOCK_STREAM)
                connection.connect(address)  # type: ignore[arg-type]
                return connection
            except OSError:
                connection.close()
                time.sleep(0.01)
        self.fail("nobody listens")

    def test_by_a_socket(self) -> None:
        words = re.findall(r"`(systemd-socket-activate [^`]*)`", self.readme)[0].split()
        path = self.newcomer.home / "desk.sock"
        place = words.index("deskpipe")
        words[words.index("--listen") + 1] = str(path)
        self.start(*words[:place], "-E", "DESKPIPE_HOME", str(BINARY), "demo")
        for _ in range(2):
            with self.connected(socket.AF_UNIX, str(path)) as connection:
                connection.settimeout(20)
                connection.sendall(WHOAMI.encode())
                connection.shutdown(socket.SHUT_WR)
                with connection.makefile() as answers:
                    self.assertRegex(answers.read(), r'^{"jsonrpc":"2.0","id":1,"result":.*Ingrid Solberg.*}\n$')

    def test_over_ssh_and_nothing_else(self) -> None:
        home = self.newcomer.home
        for name in ("host", "key"):
            self.newcomer.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name))
        options = re.findall(r'`(command="deskpipe [^`]*),restrict`', self.readme)[0]
        command = f"DESKPIPE_HOME={self.newcomer.environment['DESKPIPE_HOME']} {BINARY} demo"
        options = re.sub(r'command="[^"]*"', f'command="{command}"', options) + ",restrict"
        self.newcomer.write("authorized_keys", f"{options} {(home / 'key.pub').read_text()}")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {
            "ListenAddress": f"127.0.0.1:{port}",
            "HostKey": home / "host",
            "AuthorizedKeysFile": home / "authorized_keys",
            "StrictModes": "no",
            "UsePAM": "no",
            "PidFile": "none",
            "PermitRootLogin": "prohibit-password",
        }
        if os.getuid() == 0:
            # Debian makes it when the service starts, which it does not here.
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        given: List[str] = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        self.start(shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-f", "/dev/null", *given)
        self.connected(socket.AF_INET, ("127.0.0.1", port)).close()
        ssh = ["ssh", "-F", "/dev/null", "-i", str(home / "key"), "-p", str(port), "-o", "StrictHostKeyChecking=no"]
        ssh += ["-o", f"UserKnownHostsFile={home / 'known'}", "-o", "BatchMode=yes", f"{getpass.getuser()}@127.0.0.1"]
        # Whatever somebody asks for, they get the desk.
        for wanted in ([], ["cat", "/etc/passwd"]):
            ran = subprocess.run(
                [*ssh, *wanted],
                env=self.newcomer.environment,
                input=WHOAMI,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                timeout=60,
            )
            self.assertRegex(ran.stdout, r'^{"jsonrpc":"2.0","id":1,"result":.*Ingrid Solberg.*}\n$', ran.stderr)
            self.assertEqual(ran.returncode, 0)


if __name__ == "__main__":
    unittest.main()
