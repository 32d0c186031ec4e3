"""A desk for asyncio."""

from __future__ import annotations

import asyncio
import inspect
import logging
import uuid
import weakref
from functools import cached_property
from types import TracebackType
from typing import (
    Any,
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Deque,
    Dict,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Type,
    Union,
)
from collections import deque

from ._connection import Connection, ProcessError
from ._events import EventStream
from ._protocol import (
    METHODS,
    UNSET,
    AsyncNamespaces,
    DeskError,
    Method,
    OutcomeUnknownError,
    SessionExpiredError,
    SessionUnknownError,
)

#: Answers a Clerk session token; a plain function runs in a thread, so that it may block.
TokenProvider = Callable[[], Union[str, Awaitable[str]]]

log = logging.getLogger("deskpipe")

#: What is believed of a method of a newer desk, which this client does not know: the worst, and that it takes a session.
UNKNOWN = Method(effect="destructive", keyed=False, pages=False, sessions=True, parts=True)


class Notification(NamedTuple):
    """A message that nobody asked for just now."""

    method: str
    params: Dict[str, Any]


class NotificationsLost(Exception):
    """More notifications came than were kept for somebody who does not take them."""


class Subscription(AsyncIterator[Notification]):
    """Notifications as they come, from the moment when it was made; ends with the desk, or when it is closed or dropped.

    It may be used with `async with`, which closes it.
    """

    #: Notifications that are kept for it.
    limit = 10_000

    def __init__(self, desk: "Desk", names: "tuple[str, ...]") -> None:
        self._desk = desk
        self._names = names
        self._kept: Deque[Notification] = deque()
        self._has_lost = False
        self._is_closed = False
        self._news = asyncio.Event()

    async def __aenter__(self) -> "Subscription":
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends it; what has come before can still be taken."""
        self._is_closed = True
        self._news.set()
        self._desk._subscriptions.discard(self)

    async def __anext__(self) -> Notification:
        while not self._kept:
            if self._has_lost:
                self._has_lost = False
                raise NotificationsLost(f"more than {self.limit} notifications waited")
            if self._is_closed:
                raise StopAsyncIteration
            self._news.clear()
            # Who waits holds it, and may be held by nobody else: a loop's tasks are not.
            self._desk._awaited.add(self)
            try:
                await self._news.wait()
            finally:
                self._desk._awaited.discard(self)
        return self._kept.popleft()

    def _take(self, notification: Notification) -> None:
        if self._names and notification.method not in self._names:
            return
        if len(self._kept) < self.limit:
            self._kept.append(notification)
        else:
            self._has_lost = True
        self._news.set()


class Desk(AsyncNamespaces):
    """A desk behind a process of deskpipe's that is started, and started again when it dies.

        async with Desk.spawn("deskpipe", "demo") as desk:
            page = await desk.tickets.list(status="open")

    Calls may run at the same time. Cancelling a task cancels its call, in PostgreSQL too.
    """

    #: How often a call is sent again that may be: a read, or a write with an idempotency key.
    retries = 2
    #: Seconds ahead of its expiry at which a token is replaced.
    notify_before = 15

    def __init__(
        self,
        command: List[str],
        *,
        token: Optional[TokenProvider] = None,
        cwd: Optional[str] = None,
        env: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__(self)
        self._command = command
        self._token = token
        self._cwd = cwd
        self._env = env
        self._connection: Optional[Connection] = None
        #: A process whose session is still to be opened.
        self._opening: Optional[Connection] = None
        self._is_closed = False
        self._starts = 0
        #: The handle of the session that was opened with the token.
        self._session: Optional[str] = None
        #: Counts the parts of exports that came: one that has begun is not sent again, or they would come again.
        self._parts = 0
        #: Counts the tokens, so that of many calls that meet an expired one only the first replaces it.
        self._tokens = 0
        #: Weak: who has dropped one does not want it any more.
        self._subscriptions: "weakref.WeakSet[Subscription]" = weakref.WeakSet()
        #: Those that somebody waits for just now.
        self._awaited: "set[Subscription]" = set()
        self._streams: "set[EventStream]" = set()
        self._tasks: "set[asyncio.Future[Any]]" = set()

    # Made when they are first needed: to Python 3.9 a lock belongs to the loop that is there when it is made.
    @cached_property
    def _connecting(self) -> asyncio.Lock:
        """Held from the start of a process until its session is open."""
        return asyncio.Lock()

    @cached_property
    def _starting(self) -> asyncio.Lock:
        """Held while a process is being started."""
        return asyncio.Lock()

    @cached_property
    def _renewing(self) -> asyncio.Lock:
        """Held while the session's token is replaced."""
        return asyncio.Lock()

    @classmethod
    def spawn(
        cls,
        *command: str,
        token: Optional[TokenProvider] = None,
        cwd: Optional[str] = None,
        env: Optional[Mapping[str, str]] = None,
    ) -> "Desk":
        """A desk behind a command, `deskpipe` where none is given; to be used with `async with`.

        With `token`, a session is opened with what it answers and kept alive; without it, the process has one of its
        own (`demo`, `token_file`, `token_command`), or calls bring `session` or `token` along.
        """
        return cls(list(command) or ["deskpipe"], token=token, cwd=cwd, env=env)

    async def __aenter__(self) -> "Desk":
        await self._connected()
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Lets the process finish what is under way and end."""
        self._is_closed = True
        for task in list(self._tasks):
            task.cancel()
        for subscription in list(self._subscriptions):
            subscription.close()
        for stream in list(self._streams):
            stream._end()
        await asyncio.shield(asyncio.ensure_future(self._end()))

    async def _end(self) -> None:
        # A process that is being started is there when its start is over.
        async with self._starting:
            connections = [self._opening, self._connection]
        await asyncio.gather(*(connection.close() for connection in connections if connection is not None))

    @property
    def pid(self) -> Optional[int]:
        """The process's id; None before it was started."""
        return self._connection.pid if self._connection is not None else None

    def notifications(self, *names: str) -> Subscription:
        """Notifications of these names, of all where there is none. `client.restarted` comes after a new process was
        started, which knows nothing of what was asked of the old one."""
        subscription = Subscription(self, names)
        self._subscriptions.add(subscription)
        return subscription

    def subscribe(
        self,
        *,
        types: Optional[Sequence[str]] = None,
        ticket_id: Optional[str] = None,
        cursor: Optional[str] = None,
        session: Optional[str] = None,
    ) -> EventStream:
        """What happens, event by event: from the cursor on, or from now on.

        `types` are kinds of objects (ticket) or types of events (ticket.created); `cursor` is what an earlier stream,
        `events.since` or an event's id says.
        """
        wanted = {"types": types, "ticket_id": ticket_id, "session": session}
        return EventStream(self, {name: value for name, value in wanted.items() if value is not None}, cursor)

    async def call(self, method: str, params: Dict[str, Any]) -> Any:
        """Makes a call by its name; the namespaces' methods do it with types."""
        facts = METHODS.get(method, UNKNOWN)
        is_read = facts.effect == "read"
        given = {name: value for name, value in params.items() if value is not UNSET}
        if facts.keyed:
            _add_keys(method, given)
        attempts = 1 + (self.retries if is_read or facts.keyed else 0)
        is_lost = False
        while True:
            attempts -= 1
            is_sent = False
            parts = self._parts
            try:
                connection = await self._connected()
                is_sent = True
                answer = await self._answered(connection, method, given, facts)
                if method == "session.close":
                    self._lose_streams()
                return answer
            except Exception as error:
                if is_sent and isinstance(error, (OutcomeUnknownError, ProcessError)):
                    is_lost = True
                    if attempts > 0 and not self._is_closed and not self._has_begun(facts, parts):
                        continue
                if is_read or not is_lost or _is_verdict(error):
                    raise
                raise _outcome_unknown(error, given) from error

    async def pages(self, method: str, params: Dict[str, Any]) -> AsyncIterator[Any]:
        """Every item of a list, page after page."""
        params = dict(params)
        while True:
            page = await self.call(method, params)
            for item in page["items"]:
                yield item
            if page["next_cursor"] is None:
                return
            params["cursor"] = page["next_cursor"]

    async def _answered(self, connection: Connection, method: str, given: Dict[str, Any], facts: Method) -> Any:
        """One call, sent again at most once where its session had to be renewed: nothing was done then."""
        if self._token is None or not facts.sessions or "session" in given or "token" in given:
            return await connection.request(method, given)
        tokens, parts = self._tokens, self._parts
        try:
            return await connection.request(method, {**given, "session": self._session})
        except (SessionExpiredError, SessionUnknownError):
            await self._renew(connection, tokens)
            if self._has_begun(facts, parts):
                raise
        return await connection.request(method, {**given, "session": self._session})

    def _has_begun(self, facts: Method, parts: int) -> bool:
        """Whether parts of an export may have come since so many had."""
        return facts.parts and self._parts != parts

    async def _connected(self) -> Connection:
        async with self._connecting:
            if self._is_closed:
                raise ProcessError("the desk is closed")
            if self._connection is not None and self._connection.failure is None:
                return self._connection
            async with self._starting:
                if self._is_closed:
                    raise ProcessError("the desk is closed")
                connection = self._opening = await Connection.open(
                    self._command,
                    cwd=self._cwd,
                    env=self._env,
                    listener=lambda *said: self._hear(connection, *said),
                    ended=self._lose_streams,
                )
            try:
                if self._token is not None:
                    self._session = None
                    await self._renew(connection, self._tokens)
                if self._is_closed:
                    raise ProcessError("the desk is closed")
                self._connection = connection
            except BaseException:
                await asyncio.shield(asyncio.ensure_future(connection.close()))
                raise
            finally:
                self._opening = None
            self._starts += 1
            if self._starts > 1:
                self._deliver(Notification("client.restarted", {}))
            return connection

    async def _renew(self, connection: Connection, seen: int) -> None:
        """Gives the session a new token, or opens it anew, unless that was done since `seen` was looked at."""
        async with self._renewing:
            if seen != self._tokens:
                return
            token = await self._ask()
            session = None
            if self._session is not None:
                try:
                    session = await connection.request(
                        "session.refresh", {"session": self._session, "token": token}
                    )
                except SessionUnknownError:
                    pass
            if session is None:
                session = await connection.request(
                    "session.open", {"token": token, "notify_before": self.notify_before}
                )
                # Subscriptions belong to a session.
                self._lose_streams()
            self._session = session["session"]
            self._tokens += 1

    async def _ask(self) -> str:
        assert self._token is not None
        answer: Union[str, Awaitable[str]]
        if inspect.iscoroutinefunction(self._token):
            answer = self._token()
        else:
            answer = await asyncio.to_thread(self._token)
        # What a program printed ends with a line feed.
        return str(await answer if inspect.isawaitable(answer) else answer).strip()

    def _hear(self, connection: Connection, method: str, params: Dict[str, Any]) -> None:
        if method == "session.expiring" and self._token is not None:
            self._spawn(self._expires(connection, params.get("session")))
        if method == "export.part":
            self._parts += 1
        for stream in list(self._streams):
            stream._hear(method, params)
        self._deliver(Notification(method, params))

    async def _expires(self, connection: Connection, session: Any) -> None:
        # A step behind whoever was answered just before this was said: the session may have been opened by that.
        if session == self._session:
            await self._renew(connection, self._tokens)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Future[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # The next call that needs the token meets the failure itself.
            log.warning("the session's token could not be renewed: %s", task.exception())

    def _lose_streams(self) -> None:
        for stream in list(self._streams):
            stream._lose()

    def _deliver(self, notification: Notification) -> None:
        for subscription in list(self._subscriptions):
            subscription._take(notification)


def _is_verdict(error: Exception) -> bool:
    """Whether an error says what has become of a call, also where an earlier attempt of it had no answer. What keeps a
    call from its method (a desk that is busy, a session that is over) tells nothing about the earlier one."""
    return isinstance(error, DeskError) and not error.retryable and not 1000 < error.code < 1100


def _outcome_unknown(error: Exception, given: Mapping[str, Any]) -> OutcomeUnknownError:
    """Nobody can know whether it happened; under its key it can be sent again."""
    key = given.get("idempotency_key")
    details = {} if key is None else {"details": {"idempotency_key": key}}
    return OutcomeUnknownError(
        1204, f"It may or may not have happened: {error}", {"kind": "outcome_unknown", **details}
    )


def _add_keys(method: str, given: Dict[str, Any]) -> None:
    """Names a write, so that it may be sent again; calls that a batch runs each by itself have names of their own."""
    if method == "batch.run" and given.get("mode") == "each":
        given["calls"] = [
            {**call, "params": {"idempotency_key": str(uuid.uuid4()), **call.get("params", {})}}
            for call in given["calls"]
        ]
    elif "idempotency_key" not in given:
        given["idempotency_key"] = str(uuid.uuid4())
