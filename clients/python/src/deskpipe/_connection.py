"""One deskpipe process and the lines to and from it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from ._protocol import ERRORS, LINE_BYTES, DeskError

#: Called with the name and the parameters of a notification.
Listener = Callable[[str, Dict[str, Any]], None]


class ProcessError(Exception):
    """deskpipe could not be started, or ended; the message has the end of its stderr."""


class Connection:
    """A process that was started; it is not started again when it ends."""

    #: Seconds that the process gets to finish what is under way after its input was closed; it needs at most two.
    grace = 5.0
    #: Bytes of stderr that are kept for the message of an error.
    remembered = 8192

    def __init__(
        self, process: asyncio.subprocess.Process, listener: Listener, ended: Callable[[], None]
    ) -> None:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        self._process = process
        self._stdin = process.stdin
        self._stdout = process.stdout
        self._stderr = process.stderr
        self._listener = listener
        self._ended = ended
        self._pending: Dict[int, "asyncio.Future[Any]"] = {}
        self._last_id = 0
        self._writing = asyncio.Lock()
        self._said = b""
        #: Why the process is of no use any more; None while it is.
        self.failure: Optional[ProcessError] = None
        # Nobody else reads them, and a process whose stderr is full stands still.
        self._errors = asyncio.ensure_future(self._read_errors())
        self._reader = asyncio.ensure_future(self._read())

    @classmethod
    async def open(
        cls,
        command: Sequence[str],
        *,
        cwd: Optional[str],
        env: Optional[Mapping[str, str]],
        listener: Listener,
        ended: Callable[[], None],
    ) -> "Connection":
        pipe = asyncio.subprocess.PIPE
        try:
            # In a session of its own, so that Ctrl-C reaches the program alone and the desk ends in order.
            process = await asyncio.create_subprocess_exec(
                *command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=cwd, env=env, limit=1 << 20, start_new_session=True
            )
        except OSError as error:
            raise ProcessError(f"cannot start {command[0]}: {error}") from error
        return cls(process, listener, ended)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def request(self, method: str, params: Mapping[str, Any]) -> Any:
        """Makes one call; raises DeskError for an error and ProcessError where no answer can come any more."""
        if self.failure is not None:
            raise self.failure
        self._last_id += 1
        number = self._last_id
        line = _line({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        if len(line) - 1 > LINE_BYTES:
            # The desk would answer it without an id, since it reads no further.
            data = {"kind": "invalid_request"}
            raise ERRORS["invalid_request"](-32600, f"A line has at most {LINE_BYTES} bytes.", data)
        answer: "asyncio.Future[Any]" = asyncio.get_running_loop().create_future()
        try:
            await self._write(number, answer, line)
            return await answer
        except asyncio.CancelledError:
            if number in self._pending and self.failure is None:
                # Only into the buffer: who is being cancelled does not wait.
                self._stdin.write(_line({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}}))
            raise
        finally:
            self._pending.pop(number, None)

    async def close(self) -> None:
        """Ends the process in order, or by force where it does not listen."""
        self._stdin.close()
        for end in (self._process.terminate, self._process.kill):
            done, _ = await asyncio.wait([self._reader], timeout=self.grace)
            if done:
                return
            try:
                end()
            except ProcessLookupError:
                pass
        await asyncio.wait([self._reader])

    async def _write(self, number: int, answer: "asyncio.Future[Any]", line: bytes) -> None:
        async with self._writing:
            if self.failure is not None:
                raise self.failure
            # Not before its turn: a call that is cancelled until then is never sent.
            self._pending[number] = answer
            self._stdin.write(line)
            try:
                await self._stdin.drain()
            except (BrokenPipeError, ConnectionResetError):
                # It has ended; the reader tells everybody who waits.
                pass

    async def _read(self) -> None:
        try:
            # readline() has a limit, and splitlines() splits at more than LF.
            parts: List[bytes] = []
            while True:
                chunk = await self._stdout.read(1 << 18)
                if not chunk:
                    break
                *lines, rest = chunk.split(b"\n")
                for line in lines:
                    parts.append(line)
                    self._take(b"".join(parts))
                    parts.clear()
                if rest:
                    parts.append(rest)
        except Exception:
            self._said = b"it wrote what is no answer of deskpipe's: " + b"".join(parts)[:200]
            self._kill()
        finally:
            await self._finish()

    def _take(self, line: bytes) -> None:
        message = json.loads(line)
        if "method" in message:
            self._listener(message["method"], message.get("params") or {})
            return
        answer = self._pending.get(message.get("id"))
        if answer is None or answer.done():
            return  # It was cancelled.
        error = message.get("error")
        if error is None:
            answer.set_result(message["result"])
        else:
            data = error.get("data") or {}
            answer.set_exception(ERRORS.get(data.get("kind", ""), DeskError)(error["code"], error["message"], data))

    async def _read_errors(self) -> None:
        while True:
            chunk = await self._stderr.read(1 << 16)
            if not chunk:
                return
            self._said = (self._said + chunk)[-self.remembered :]

    async def _finish(self) -> None:
        # Waited for, so that no zombie stays.
        if self._process.returncode is None:
            try:
                await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(self._process.wait())), self.grace)
            except asyncio.TimeoutError:
                self._kill()
        status = await self._process.wait()
        await asyncio.wait([self._errors], timeout=1)
        self._errors.cancel()
        said = self._said.decode("utf-8", "replace").strip()
        self.failure = ProcessError(f"deskpipe ended with status {status}" + (f": {said}" if said else ""))
        for answer in self._pending.values():
            if not answer.done():
                answer.set_exception(self.failure)
        self._pending.clear()
        self._stdin.close()
        # At once after failure is set: nobody can have connected anew.
        self._ended()

    def _kill(self) -> None:
        try:
            self._process.kill()
        except ProcessLookupError:
            pass


def _line(message: Dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
