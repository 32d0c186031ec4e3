"""A desk without asyncio: the same, one call after another."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from types import TracebackType
from typing import Any, Coroutine, Dict, Iterator, List, Mapping, Optional, Sequence, Type, TypeVar

from . import _client
from ._client import Notification, TokenProvider
from ._connection import ProcessError
from ._events import Event
from ._events import EventStream as AsyncEventStream
from ._protocol import SyncNamespaces

T = TypeVar("T")


class Desk(SyncNamespaces):
    """A desk behind a process of deskpipe's; threads may share it.

        with Desk.spawn("deskpipe", "demo") as desk:
            page = desk.tickets.list(status="open")

    A call that takes longer than `timeout` seconds is cancelled, in PostgreSQL too, and raises TimeoutError.
    """

    def __init__(
        self,
        command: List[str],
        *,
        token: Optional[TokenProvider] = None,
        cwd: Optional[str] = None,
        env: Optional[Mapping[str, str]] = None,
        timeout: Optional[float] = None,
    ) -> None:
        super().__init__(self)
        self.timeout = timeout
        #: Nothing is submitted behind the end.
        self._submitting = threading.Lock()
        self._is_closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="deskpipe", daemon=True)
        self._thread.start()

        async def make() -> _client.Desk:
            return _client.Desk(command, token=token, cwd=cwd, env=env)

        self._desk = self._run(make())

    @classmethod
    def spawn(
        cls,
        *command: str,
        token: Optional[TokenProvider] = None,
        cwd: Optional[str] = None,
        env: Optional[Mapping[str, str]] = None,
        timeout: Optional[float] = None,
    ) -> "Desk":
        """A desk behind a command, `deskpipe` where none is given; to be used with `with`."""
        return cls(list(command) or ["deskpipe"], token=token, cwd=cwd, env=env, timeout=timeout)

    def __enter__(self) -> "Desk":
        try:
            self._run(self._desk.__aenter__())
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets the process finish what is under way and end."""
        with self._submitting:
            if self._is_closed:
                return
            self._is_closed = True
            ended = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        try:
            ended.result()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _end(self) -> None:
        await self._desk.close()
        # What other threads wait for still, such as a token: it does not come any more.
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def pid(self) -> Optional[int]:
        """The process's id."""
        return self._desk.pid

    def call(self, method: str, params: Dict[str, Any]) -> Any:
        """Makes a call by its name; the namespaces' methods do it with types."""
        return self._run(self._desk.call(method, params), self.timeout)

    def pages(self, method: str, params: Dict[str, Any]) -> Iterator[Any]:
        """Every item of a list, page after page."""
        params = dict(params)
        while True:
            page = self.call(method, params)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            params["cursor"] = page["next_cursor"]

    def notifications(self, *names: str) -> "Subscription":
        """Notifications of these names, of all where there is none."""

        async def subscribe() -> _client.Subscription:
            return self._desk.notifications(*names)

        return Subscription(self, self._run(subscribe()))

    def subscribe(
        self,
        *,
        types: Optional[Sequence[str]] = None,
        ticket_id: Optional[str] = None,
        cursor: Optional[str] = None,
        session: Optional[str] = None,
    ) -> "EventStream":
        """What happens, event by event: from the cursor on, or from now on."""

        async def make() -> AsyncEventStream:
            return self._desk.subscribe(types=types, ticket_id=ticket_id, cursor=cursor, session=session)

        return EventStream(self, self._run(make()))

    def _run(self, work: Coroutine[Any, Any, T], timeout: Optional[float] = None) -> T:
        with self._submitting:
            if self._is_closed:
                work.close()
                raise ProcessError("the desk is closed")
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(timeout)
        except concurrent.futures.CancelledError:
            raise ProcessError("the desk is closed") from None
        except concurrent.futures.TimeoutError:
            if future.done():
                raise
            future.cancel()
            raise TimeoutError(f"no answer within {timeout} seconds") from None
        except BaseException:
            # Ctrl-C while it waits.
            future.cancel()
            raise


class Subscription(Iterator[Notification]):
    """Notifications as they come, from the moment when it was made; ends with the desk, or when it is closed or dropped.

    It may be used with `with`, which closes it.
    """

    def __init__(self, desk: Desk, subscription: _client.Subscription) -> None:
        self._desk = desk
        self._subscription = subscription

    def __enter__(self) -> "Subscription":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends it; what has come before can still be taken."""
        try:
            self._desk._loop.call_soon_threadsafe(self._subscription.close)
        except RuntimeError:
            pass  # The desk is closed, and so is it.

    def __next__(self) -> Notification:
        try:
            return self._desk._run(self._subscription.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None
        except ProcessError:
            # It ends with the desk.
            raise StopIteration from None


class EventStream(Iterator[Event]):
    """Events one by one, each once and in order; see `deskpipe.EventStream`. Each waits for as long as it takes."""

    def __init__(self, desk: Desk, stream: AsyncEventStream) -> None:
        self._desk = desk
        self._stream = stream

    @property
    def cursor(self) -> Optional[str]:
        """Where to go on: behind the last event that was taken."""
        return self._stream.cursor

    def __enter__(self) -> "EventStream":
        self._desk._run(self._stream.__aenter__())
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends it."""
        if not self._desk._is_closed:
            self._desk._run(self._stream.aclose())

    def __next__(self) -> Event:
        try:
            return self._desk._run(self._stream.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None
        except ProcessError:
            if not self._desk._is_closed:
                raise
            raise StopIteration from None
