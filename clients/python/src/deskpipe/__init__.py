"""A client of deskpipe, the customer-support desk behind a pipe."""

from ._client import Desk, Notification, NotificationsLost, Subscription, TokenProvider
from ._connection import ProcessError
from ._events import Event, EventStream
from ._protocol import *  # noqa: F403 - the types and the exceptions of the wire
from ._protocol import ERRORS, METHODS, UNSET, DeskError, Unset

__version__ = "0.1.0"
__all__ = [
    "Desk",
    "DeskError",
    "ERRORS",
    "Event",
    "EventStream",
    "METHODS",
    "Notification",
    "NotificationsLost",
    "ProcessError",
    "Subscription",
    "TokenProvider",
    "UNSET",
    "Unset",
]
