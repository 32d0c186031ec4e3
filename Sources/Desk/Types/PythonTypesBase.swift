extension PythonTypes {
  /// What the types and functions stand on: errors, the mark of what is left out, and what makes calls. It stands in the
  /// module itself, so that the module works by itself, too.
  static let base = #"""


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


    class AsyncCaller(Protocol):
        """What makes the calls of AsyncNamespaces: a name and parameters, some of which may be UNSET."""

        async def call(self, method: str, params: Dict[str, Any]) -> Any: ...

        def pages(self, method: str, params: Dict[str, Any]) -> AsyncIterator[Any]: ...


    class SyncCaller(Protocol):
        """The same for SyncNamespaces."""

        def call(self, method: str, params: Dict[str, Any]) -> Any: ...

        def pages(self, method: str, params: Dict[str, Any]) -> Iterator[Any]: ...


    """#
}
