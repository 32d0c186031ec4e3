"""The same without asyncio."""

from __future__ import annotations

import concurrent.futures
import gc
import os
import signal
import threading
import unittest
from typing import Callable

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

    def test_notifications_that_nobody_takes_any_more_are_not_kept(self) -> None:
        with Desk.spawn(BINARY, "demo", token=mint) as desk:
            kept = desk._desk._subscriptions
            with desk.notifications() as notifications:
                self.assertEqual(len(kept), 1)
            desk.system.ping()
            self.assertEqual((len(kept), list(notifications)), (0, []))
            desk.notifications()
            desk.system.ping()
            gc.collect()
            self.assertEqual(len(kept), 0)

    def test_closing_ends_what_other_threads_wait_for(self) -> None:
        desk = Desk.spawn(BINARY, "demo", token=mint).__enter__()
        events = desk.subscribe()
        events.__enter__()
        asked, has_come = threading.Event(), threading.Event()

        def token() -> str:
            asked.set()
            has_come.wait(20)
            return "too late"

        def end(work: Callable[[], object]) -> str:
            try:
                return str(work())
            except deskpipe.ProcessError as error:
                return str(error)

        setattr(desk._desk, "_token", token)
        desk.session.close()
        with concurrent.futures.ThreadPoolExecutor() as threads:
            call = threads.submit(end, desk.tickets.count)
            event = threads.submit(end, lambda: next(events, "nothing"))
            asked.wait(10)
            desk.close()
            self.assertEqual(event.result(10), "nothing")
            self.assertEqual(call.result(10), "the desk is closed")
            has_come.set()
        events.close()
        desk.close()
        with self.assertRaisesRegex(deskpipe.ProcessError, "closed"):
            desk.system.ping()


if __name__ == "__main__":
    unittest.main()
