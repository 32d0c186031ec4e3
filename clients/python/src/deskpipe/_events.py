"""What happens at a desk, as an iterator that goes on where it was whatever happens to the process."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from types import TracebackType
from typing import TYPE_CHECKING, Any, AsyncIterator, Deque, Dict, List, Mapping, Optional, Tuple, Type

from ._connection import ProcessError
from ._protocol import DeskError, EventsSinceResultItems, OutcomeUnknownError

if TYPE_CHECKING:
    from ._client import Desk

#: What happened to one object.
Event = EventsSinceResultItems


class EventStream(AsyncIterator[Event]):
    """Events one by one, each once and in order.

        async with desk.subscribe(types=["message.created"], cursor=kept) as events:
            async for event in events:
                ...
                keep(events.cursor)

    It subscribes when it is entered, or with the first event that is asked for. Where the process dies, the session is
    another one or too much waits here, it subscribes anew from its cursor. An error that it raises (CursorForeignError,
    where the database was replaced) leaves the cursor as it is, and the next event may be asked for again.
    """

    #: Events that wait here before the desk is told to keep them instead.
    limit = 1_000
    #: Seconds between two attempts to subscribe while the database is away: they double up to the second.
    pauses = (0.1, 10.0)

    def __init__(self, desk: "Desk", wanted: Dict[str, Any], cursor: Optional[str]) -> None:
        self._desk = desk
        self._wanted = wanted
        #: Where to go on: behind the last event that was taken. None before it has subscribed.
        self.cursor = cursor
        self._kept: Deque[Tuple[Event, str]] = deque()
        #: The handle of the subscription; None where there is none at the moment.
        self._handle: Optional[str] = None
        #: What came while the handle was not known yet.
        self._early: Optional[List[Tuple[str, Mapping[str, Any]]]] = None
        self._subscribing = asyncio.Lock()
        self._is_closed = False
        self._news = asyncio.Event()
        desk._streams.add(self)

    async def __aenter__(self) -> "EventStream":
        await self._subscribe()
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Ends it; nothing more is taken from it."""
        self._end()
        self._kept.clear()
        handle, self._handle = self._handle, None
        if handle is not None:
            await self._unsubscribe(handle)

    async def __anext__(self) -> Event:
        while True:
            if self._kept:
                event, self.cursor = self._kept.popleft()
                return event
            if self._is_closed:
                raise StopAsyncIteration
            self._news.clear()
            if self._handle is None:
                try:
                    await self._subscribe()
                except ProcessError:
                    if not self._desk._is_closed:
                        raise
                    self._is_closed = True
            elif not self._kept:
                await self._news.wait()

    async def _subscribe(self) -> None:
        async with self._subscribing:
            pause = self.pauses[0]
            # What waits is behind the cursor: from there it would come again.
            while self._handle is None and not self._kept and not self._is_closed:
                self._early = []
                try:
                    answer = await self._desk.call("events.subscribe", {**self._wanted, **self._start()})
                except DeskError as error:
                    if not error.retryable and not isinstance(error, OutcomeUnknownError):
                        raise
                    await asyncio.sleep(pause * random.uniform(0.5, 1))
                    pause = min(2 * pause, self.pauses[1])
                    continue
                finally:
                    early, self._early = self._early or [], None
                connection = self._desk._connection
                if connection is None or connection.failure is not None:
                    continue  # The process ended between its answer and now.
                self._handle = answer["subscription"]
                if self.cursor is None:
                    self.cursor = answer["cursor"]
                for said in early:
                    self._hear(*said)

    def _start(self) -> Dict[str, Any]:
        return {} if self.cursor is None else {"cursor": self.cursor}

    async def _unsubscribe(self, handle: str) -> None:
        if self._desk._is_closed:
            return
        session = {name: value for name, value in self._wanted.items() if name == "session"}
        try:
            await self._desk.call("events.unsubscribe", {"subscription": handle, **session})
        except (DeskError, ProcessError):
            pass  # It ended by itself; what still comes for it is not taken.

    def _hear(self, method: str, params: Mapping[str, Any]) -> None:
        """Takes a notification of the process's, where it is for this subscription."""
        if self._early is not None:
            self._early.append((method, params))
        if self._handle is None or params.get("subscription") != self._handle:
            return
        if method == "events.lagging":
            self._handle = None
        else:
            events = params["items"]
            if len(self._kept) + len(events) > self.limit and self._kept:
                # They stay where they are, in the database, and so does what comes behind them.
                handle, self._handle = self._handle, None
                self._desk._spawn(self._unsubscribe(handle))
            else:
                self._kept.extend((event, event["id"]) for event in events)
        self._news.set()

    def _lose(self) -> None:
        """Its process, or its session, is gone."""
        self._handle = None
        self._news.set()

    def _end(self) -> None:
        self._is_closed = True
        self._desk._streams.discard(self)
        self._news.set()
