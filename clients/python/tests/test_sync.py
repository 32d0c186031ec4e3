"""The same without asyncio."""

from __future__ import annotations

import os
import signal
import unittest

import deskpipe
from deskpipe.sync import Desk

from .support import BINARY, TICKET, Holder, children, mint


class SyncTests(unittest.TestCase):
    def tearDown(self) -> None:
        self.assertEqual(children(), [], "a process stays behind")

    def test_calls_pages_errors_and_a_killed_process(self) -> None:
        with Desk.spawn(BINARY, "demo", token=mint) as desk:
            self.assertEqual(desk.session.whoami()["agent"]["name"], "Ingrid Solberg")
            self.assertEqual(len(list(desk.tickets.list_all(limit=3))), desk.tickets.count()["total"])
            with self.assertRaises(deskpipe.NotFoundError):
                desk.tickets.get(id="00000000-0000-4000-8000-000000000000")
            restarts = desk.notifications("client.restarted")
            os.kill(desk.pid or 0, signal.SIGKILL)
            self.assertGreater(desk.tickets.count()["total"], 0)
            self.assertEqual(next(restarts).method, "client.restarted")

    def test_events_go_on_after_the_process_was_killed(self) -> None:
        with Desk.spawn(BINARY, "demo", token=mint) as desk, desk.subscribe(types=["message.created"]) as events:
            for body in ("before", "after"):
                desk.messages.create(ticket_id=TICKET, body=body, is_internal=True)
                self.assertEqual(next(events)["new_values"]["body"], body)
                os.kill(desk.pid or 0, signal.SIGKILL)

    def test_a_call_that_takes_too_long_is_cancelled_in_the_database(self) -> None:
        with Desk.spawn(BINARY, "demo", token=mint) as desk:
            holder = Holder(TICKET)
            try:
                desk.timeout = 0.5
                with self.assertRaises(TimeoutError):
                    desk.tickets.set_status(id=TICKET, status="closed")
                holder.wait(0)
            finally:
                holder.release()


if __name__ == "__main__":
    unittest.main()
