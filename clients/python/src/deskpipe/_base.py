"""What the generated module stands on: errors, the mark of what is left out, and what makes calls."""

from __future__ import annotations

from typing import Any, AsyncIterator, Dict, Iterator, Mapping, Optional, Protocol


class Unset:
    """The type of UNSET: a parameter that is left out. None is null, which is something else."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET = Unset()


class DeskError(Exception):
    """An error of the desk; each kind has a class of its own."""

    def __init__(self, code: int, message: str, data: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        facts: Mapping[str, Any] = data if data is not None else {}
        self.code = code
        self.message = message
        #: A stable name.
        self.kind: str = str(facts.get("kind", ""))
        #: A JSON pointer to the parameter that is to blame.
        self.path: Optional[str] = facts.get("path")
        #: Why a token was refused.
        self.reason: Optional[str] = facts.get("reason")
        #: Whether the same call may succeed when it is sent again; nothing was done.
        self.retryable: bool = bool(facts.get("retryable", False))
        #: Further facts, such as the current version after a conflict.
        self.details: Any = facts.get("details")


class ProcessError(Exception):
    """deskpipe could not be started, or ended; the message has the end of its stderr."""


class AsyncCaller(Protocol):
    async def call(self, method: str, params: Dict[str, Any]) -> Any: ...

    def pages(self, method: str, params: Dict[str, Any]) -> AsyncIterator[Any]: ...


class SyncCaller(Protocol):
    def call(self, method: str, params: Dict[str, Any]) -> Any: ...

    def pages(self, method: str, params: Dict[str, Any]) -> Iterator[Any]: ...
