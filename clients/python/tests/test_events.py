"""What a stream of events makes of notifications that arrive at once, which no real process can be made to send."""

from __future__ import annotations

import asyncio
import unittest
from typing import Any, Coroutine, Dict, List, Mapping, Set, cast

from deskpipe import Desk
from deskpipe._events import EventStream


def said(handle: str, first: int, last: int) -> Dict[str, Any]:
    """A notification with the events of these numbers, which are their ids too."""
    return {"subscription": handle, "items": [{"id": str(n)} for n in range(first, last + 1)], "cursor": str(last)}


class Scripted:
    """The part of a desk that a stream uses, with fifteen events: what is subscribed to gets those behind its cursor."""

    _is_closed = False

    def __init__(self, sizes: List[int]) -> None:
        self._streams: Set[EventStream] = set()
        self._connection = self
        self.failure = None
        self.sizes = sizes
        self.calls: List[str] = []
        self.tasks: List["asyncio.Future[None]"] = []

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.ensure_future(work))

    async def call(self, method: str, params: Mapping[str, Any]) -> Dict[str, Any]:
        self.calls.append(method)
        if method == "events.unsubscribe":
            return {}
        handle, first = f"handle {len(self.calls)}", int(params["cursor"]) + 1
        # In the chunk of the answer and, with it, before whoever asked runs again.
        for size in self.sizes:
            if first <= 14:
                for stream in self._streams:
                    stream._hear("events.happened", said(handle, first, min(first + size - 1, 14)))
            first += size
        return {"subscription": handle, "cursor": params["cursor"]}


class EventStreamTests(unittest.IsolatedAsyncioTestCase):
    def stream(self, sizes: List[int]) -> EventStream:
        self.desk = Scripted(sizes)
        stream = EventStream(cast(Desk, self.desk), {}, "-1")
        stream.limit = 10
        return stream

    async def take(self, stream: EventStream) -> List[str]:
        found = [(await asyncio.wait_for(stream.__anext__(), 5))["id"] for _ in range(15)]
        self.assertEqual(len(stream._kept), 0)
        return found

    async def test_what_comes_behind_too_much_is_not_taken_before_it(self) -> None:
        stream = self.stream([15])
        stream._handle = "first"
        stream._hear("events.happened", said("first", 0, 7))
        stream._hear("events.happened", said("first", 8, 12))
        stream._hear("events.happened", said("first", 13, 14))
        self.assertEqual(await self.take(stream), [str(n) for n in range(15)])
        self.assertEqual(self.desk.calls, ["events.unsubscribe", "events.subscribe"])

    async def test_too_much_before_the_handle_is_known_comes_once(self) -> None:
        stream = self.stream([8, 5, 2])
        self.assertEqual(await self.take(stream), [str(n) for n in range(15)])
        self.assertEqual(self.desk.calls.count("events.subscribe"), 2)


if __name__ == "__main__":
    unittest.main()
