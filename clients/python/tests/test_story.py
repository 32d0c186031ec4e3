"""What a bridge does all day, and what it meets on a bad one: asyncio."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import tempfile
import unittest
from pathlib import Path
from typing import List, Optional
from unittest import mock

import deskpipe
from deskpipe import Desk
from deskpipe._protocol import LINE_BYTES

from .support import BINARY, TICKET, Holder, children, is_a_desk, mint


def demo() -> Desk:
    return Desk.spawn(BINARY, "demo", token=mint)


async def happened_since(desk: Desk, cursor: str) -> List[str]:
    """The bodies of the messages that were created, in order, without a stream."""
    bodies: List[str] = []
    while True:
        page = await desk.events.since(cursor=cursor, types=["message.created"])
        bodies += [event["new_values"]["body"] for event in page["items"]]
        cursor = page["cursor"]
        if not page["has_more"]:
            return bodies


class EarlyTests(unittest.TestCase):
    def test_a_desk_may_be_made_before_the_loop_that_it_works_in(self) -> None:
        desk = demo()

        async def main() -> int:
            async with desk:
                os.kill(desk.pid or 0, signal.SIGKILL)
                return len(await asyncio.gather(*(desk.tickets.count() for _ in range(5))))

        self.assertEqual(asyncio.run(main()), 5)


class StoryTests(unittest.IsolatedAsyncioTestCase):
    def tearDown(self) -> None:
        self.assertEqual(children(), [], "a process stays behind")

    async def test_a_session_is_opened_and_calls_are_answered(self) -> None:
        async with demo() as desk:
            me = await desk.session.whoami()
            self.assertEqual((me["agent"]["name"], me["organization"]["name"]), ("Ingrid Solberg", "Moorland Cycles"))
            answers = await asyncio.gather(*(desk.tickets.count() for _ in range(50)))
            self.assertEqual(len({answer["total"] for answer in answers}), 1)

    async def test_the_demo_has_a_session_of_its_own(self) -> None:
        async with Desk.spawn(BINARY, "demo") as desk:
            self.assertEqual((await desk.session.whoami())["agent"]["role"], "admin")

    async def test_every_page_is_listed(self) -> None:
        async with demo() as desk:
            seen = [ticket["id"] async for ticket in desk.tickets.list_all(limit=3)]
            count = await desk.tickets.count()
            self.assertEqual((len(seen), len(set(seen))), (count["total"], count["total"]))
            found = [m["ticket_id"] async for m in desk.messages.list_all(ticket_id=TICKET, limit=2)]
            self.assertGreater(len(found), 4)
            self.assertEqual(set(found), {TICKET})

    async def test_a_ticket_is_created_answered_and_fought_over(self) -> None:
        async with demo() as desk:
            ticket = await desk.tickets.create(
                subject="A wheel is bent", customer={"email": "george.ashworth@example.org"}
            )
            message = await desk.messages.create(ticket_id=ticket["id"], body="We are sending a new one.")
            self.assertFalse(message["is_internal"])
            read = await desk.tickets.get(id=ticket["id"])
            await desk.tickets.assign(id=ticket["id"], assigned_to="me")
            with self.assertRaises(deskpipe.ConflictError) as caught:
                await desk.tickets.update(id=ticket["id"], subject="Old news", expected_version=read["version"])
            self.assertEqual((caught.exception.code, caught.exception.kind), (1103, "conflict"))
            now = await desk.tickets.get(id=ticket["id"])
            self.assertEqual(caught.exception.details["version"], now["version"])
            with self.assertRaises(deskpipe.InvalidRequestError):
                await desk.messages.create(ticket_id=ticket["id"], body="x" * 8_400_000)
            unassigned = await desk.tickets.assign(id=ticket["id"], assigned_to=None)
            self.assertIsNone(unassigned["assigned_to"])

    async def test_a_dry_run_keeps_nothing(self) -> None:
        async with demo() as desk:
            before = await desk.tickets.get(id=TICKET)
            would = await desk.tickets.update(id=TICKET, subject="Rehearsed", dry_run=True)
            self.assertEqual(would["subject"], "Rehearsed")
            self.assertEqual((await desk.tickets.get(id=TICKET))["version"], before["version"])

    async def test_errors_have_classes(self) -> None:
        async with demo() as desk:
            with self.assertRaises(deskpipe.NotFoundError):
                await desk.tickets.get(id="00000000-0000-4000-8000-000000000000")
            with self.assertRaises(deskpipe.InvalidParamsError) as caught:
                await desk.tickets.get(id="rubbish")
            self.assertEqual(caught.exception.path, "/id")
            with self.assertRaises(deskpipe.MethodNotFoundError):
                await desk.call("tickets.fly", {})
            with self.assertRaises(deskpipe.TokenRefusedError) as refused:
                await desk.tickets.count(token="rubbish")
            self.assertEqual(refused.exception.reason, "token-invalid")

    async def test_a_token_is_replaced_before_it_expires_and_the_event_is_heard(self) -> None:
        tokens: List[str] = []

        async def token() -> str:
            tokens.append(await asyncio.to_thread(mint, 60 if tokens else 3))
            # As a program prints it.
            return tokens[-1] + "\n"

        desk = Desk.spawn(BINARY, "demo", token=token)
        desk.notify_before = 3
        async with desk:
            session = (await desk.session.whoami())["session"]
            events = desk.notifications("session.expiring")
            event = await asyncio.wait_for(events.__anext__(), 10)
            self.assertEqual((event.method, event.params["session"]), ("session.expiring", session))
            while len(tokens) < 2:
                await asyncio.sleep(0.01)
            self.assertEqual((await desk.session.whoami())["session"], session)

    async def test_a_token_that_expires_as_soon_as_its_session_is_open_is_replaced(self) -> None:
        tokens: List[str] = []

        def token() -> str:
            tokens.append(mint(60 if tokens else 3))
            return tokens[-1]

        with tempfile.TemporaryDirectory() as folder:
            # The session's answer arrives with the notice, in one piece.
            program = Path(folder) / "desk"
            program.write_text(
                '#!/bin/sh\nfirst=1\n"$DESKPIPE" demo | while IFS= read -r line; do\n'
                '  if [ "$first" ]; then first= held=$line; continue; fi\n'
                '  printf "%s\\n" ${held:+"$held"} "$line"\n  held=\ndone\n'
            )
            program.chmod(0o700)
            desk = Desk.spawn(str(program), token=token)
            desk.notify_before = 3
            async with desk:
                for _ in range(1000):
                    if len(tokens) == 2:
                        break
                    await asyncio.sleep(0.01)
                self.assertEqual(len(tokens), 2)

    async def test_a_token_that_has_expired_is_replaced_by_the_call_that_meets_it(self) -> None:
        lifetimes = [1, 60]
        desk = Desk.spawn(BINARY, "demo", token=lambda: mint(lifetimes.pop(0)))
        # Too late to be of use: the clocks may differ by five seconds, and the notice comes once a second.
        desk.notify_before = 1
        async with desk:
            setattr(desk, "_hear", lambda *_: None)
            while lifetimes:
                answers = await asyncio.gather(*(desk.tickets.count() for _ in range(5)))
                self.assertEqual(len(answers), 5)
                await asyncio.sleep(0.2)

    async def test_a_session_that_was_closed_is_opened_anew(self) -> None:
        async with demo() as desk:
            before = (await desk.session.whoami())["session"]
            await desk.session.close()
            self.assertNotEqual((await desk.session.whoami())["session"], before)

    async def test_a_method_of_a_newer_desk_is_called_in_the_session(self) -> None:
        async with demo() as desk:
            session = (await desk.session.whoami())["session"]
            with mock.patch.dict(deskpipe.METHODS):
                del deskpipe.METHODS["session.whoami"]
                self.assertEqual((await desk.call("session.whoami", {}))["session"], session)

    async def test_a_cancelled_task_cancels_its_call_in_the_database(self) -> None:
        async with demo() as desk:
            before = await desk.tickets.get(id=TICKET)
            holder = await asyncio.to_thread(Holder, TICKET)
            try:
                call = asyncio.ensure_future(desk.tickets.set_status(id=TICKET, status="closed"))
                await asyncio.to_thread(holder.wait, 1)
                call.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await call
                await asyncio.to_thread(holder.wait, 0)
            finally:
                await asyncio.to_thread(holder.release)
            self.assertEqual((await desk.tickets.get(id=TICKET))["version"], before["version"])

    async def test_a_killed_process_is_started_again_and_reads_are_sent_again(self) -> None:
        async with demo() as desk:
            restarts = desk.notifications("client.restarted")
            pid = desk.pid or 0
            os.kill(pid, signal.SIGSTOP)
            reads = [asyncio.ensure_future(desk.tickets.count()) for _ in range(20)]
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            self.assertEqual(len({answer["total"] for answer in await asyncio.gather(*reads)}), 1)
            self.assertNotEqual(desk.pid, pid)
            self.assertEqual((await restarts.__anext__()).method, "client.restarted")

    async def test_an_export_that_has_begun_is_not_sent_again_and_goes_on_behind_its_parts(self) -> None:
        async with demo() as desk:
            ids: List[str] = []
            cursor: Optional[str] = None

            async def take(parts: deskpipe.Subscription) -> None:
                nonlocal cursor
                parts.close()
                async for part in parts:
                    ids.extend(ticket["id"] for ticket in part.params["items"])
                    cursor = part.params["cursor"]

            parts = desk.notifications("export.part")
            first = asyncio.ensure_future(desk.notifications("export.part").__anext__())
            export = asyncio.ensure_future(desk.tickets.export())
            await first
            os.kill(desk.pid or 0, signal.SIGKILL)
            with self.assertRaises(deskpipe.ProcessError):
                await export
            await take(parts)
            assert cursor is not None
            parts = desk.notifications("export.part")
            rest = await desk.tickets.export(cursor=cursor)
            self.assertGreater(rest["exported"], 0)
            await take(parts)
            total = (await desk.tickets.count())["total"]
            self.assertEqual((len(ids), len(set(ids))), (total, total))

    async def test_a_task_that_waits_for_notifications_stays_alive_by_that(self) -> None:
        async with demo() as desk:
            heard = asyncio.Event()

            async def listen() -> None:
                async for _ in desk.notifications("client.restarted"):
                    heard.set()

            asyncio.ensure_future(listen())
            await asyncio.sleep(0)
            gc.collect()
            os.kill(desk.pid or 0, signal.SIGKILL)
            await desk.system.ping()
            await asyncio.wait_for(heard.wait(), 10)

    async def test_a_write_under_way_when_the_process_dies_is_told_apart(self) -> None:
        async with demo() as desk:
            before = [m["id"] async for m in desk.messages.list_all(ticket_id=TICKET)]
            pid = desk.pid or 0
            os.kill(pid, signal.SIGSTOP)
            write = asyncio.ensure_future(
                desk.messages.create(ticket_id=TICKET, body="Only once.", is_internal=True)
            )
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            if deskpipe.METHODS["messages.create"].keyed:
                await write
            else:
                with self.assertRaises(deskpipe.OutcomeUnknownError):
                    await write
            after = [m["id"] async for m in desk.messages.list_all(ticket_id=TICKET)]
            self.assertEqual(len(after) - len(before), int(deskpipe.METHODS["messages.create"].keyed))

    async def test_a_write_whose_process_died_and_does_not_start_again_may_have_happened(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "deskpipe"
            program.symlink_to(BINARY)
            async with Desk.spawn(str(program), "demo", token=mint) as desk:
                os.kill(desk.pid or 0, signal.SIGSTOP)
                write = asyncio.ensure_future(
                    desk.messages.create(ticket_id=TICKET, body="Perhaps.", is_internal=True, idempotency_key="once")
                )
                read = asyncio.ensure_future(desk.tickets.count())
                await asyncio.sleep(0)
                program.unlink()
                os.kill(desk.pid or 0, signal.SIGKILL)
                with self.assertRaisesRegex(deskpipe.OutcomeUnknownError, "may not have happened.*cannot start") as caught:
                    await write
                self.assertIsInstance(caught.exception.__cause__, deskpipe.ProcessError)
                self.assertEqual(caught.exception.details, {"idempotency_key": "once"})
                for late in (read, asyncio.ensure_future(desk.tickets.count()), asyncio.ensure_future(
                    desk.messages.create(ticket_id=TICKET, body="Not at all.", is_internal=True)
                )):
                    with self.assertRaisesRegex(deskpipe.ProcessError, "^cannot start"):
                        await late

    async def test_a_write_that_was_lost_is_not_answered_by_what_keeps_it_from_the_desk(self) -> None:
        tokens = [await asyncio.to_thread(mint)]
        async with Desk.spawn(BINARY, "demo", token=lambda: tokens.pop()) as desk:
            os.kill(desk.pid or 0, signal.SIGSTOP)
            write = asyncio.ensure_future(desk.messages.create(ticket_id=TICKET, body="Perhaps.", is_internal=True))
            await asyncio.sleep(0)
            tokens.append("rubbish")
            os.kill(desk.pid or 0, signal.SIGKILL)
            with self.assertRaises(deskpipe.OutcomeUnknownError) as caught:
                await write
            self.assertIsInstance(caught.exception.__cause__, deskpipe.TokenRefusedError)

    async def test_closing_leaves_no_process_behind_that_is_being_started(self) -> None:
        for pause in (0, 0.001, 0.01, 0.1, 0.5):
            desk = demo()
            opening = asyncio.ensure_future(desk.__aenter__())
            await asyncio.sleep(pause)
            await desk.close()
            self.assertEqual([pid for pid in children() if is_a_desk(pid)], [])
            await asyncio.gather(opening, return_exceptions=True)

    async def test_a_line_has_as_many_bytes_as_the_desk_reads(self) -> None:
        async with Desk.spawn(BINARY, "demo") as desk:
            envelope = '{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{"x":""}}'
            with self.assertRaises(deskpipe.InvalidParamsError):
                await desk.call("system.ping", {"x": "x" * (LINE_BYTES - len(envelope))})
            with self.assertRaises(deskpipe.InvalidRequestError):
                await desk.call("system.ping", {"x": "x" * (LINE_BYTES + 1 - len(envelope))})
            self.assertEqual((await desk.system.info())["limits"]["line_bytes"], LINE_BYTES)

    async def test_a_call_that_is_cancelled_before_its_turn_is_never_sent(self) -> None:
        with tempfile.NamedTemporaryFile() as sent:
            async with Desk.spawn("sh", "-c", f"tee {sent.name} | {BINARY} demo") as desk:
                await desk.system.ping()
                group = os.getpgid(desk.pid or 0)
                os.killpg(group, signal.SIGSTOP)
                # More than a pipe holds.
                before = asyncio.ensure_future(desk.customers.list(text="x" * 4_000_000))
                await asyncio.sleep(0.01)
                late = asyncio.ensure_future(desk.tickets.count())
                await asyncio.sleep(0.01)
                late.cancel()
                os.killpg(group, signal.SIGCONT)
                await asyncio.gather(before, late, return_exceptions=True)
                self.assertTrue(late.cancelled())
            text = Path(sent.name).read_text()
            self.assertEqual([name for name in ("tickets.count", "$/cancelRequest") if name in text], [])

    async def test_text_of_any_kind_comes_back_as_it_was_sent(self) -> None:
        # Other parts of JSON's lines, ends of lines of other readers, and what is more than one unit of UTF-16.
        body = "one\ntwo\r\n\"three\" \\ \t \u2028 \u2029 \x85 \U0001f6b2 e\u0301 \u05d0\u05d1"
        async with demo() as desk:
            sent = await desk.messages.create(ticket_id=TICKET, body=body, is_internal=True)
            self.assertEqual((await desk.messages.get(id=sent["id"]))["body"], body)

    async def test_desks_beside_each_other_have_sessions_of_their_own(self) -> None:
        async with demo() as one, demo() as other:
            sessions = {(await desk.session.whoami())["session"] for desk in (one, other)}
            self.assertEqual(len(sessions), 2)
            await one.close()
            self.assertGreater((await other.tickets.count())["total"], 0)

    async def test_closing_lets_calls_under_way_finish(self) -> None:
        async with demo() as desk:
            calls = [asyncio.ensure_future(desk.tickets.count()) for _ in range(20)]
            await asyncio.sleep(0)
        self.assertEqual(len({answer["total"] for answer in await asyncio.gather(*calls)}), 1)

    async def test_events_come_one_by_one_and_in_order(self) -> None:
        async with demo() as desk, demo() as other, desk.subscribe(types=["message.created"]) as events:
            ticket = await other.tickets.create(
                subject="A saddle", customer={"email": "george.ashworth@example.org"}, message={"body": "1", "as": "customer"}
            )
            for number in range(2, 30):
                await other.messages.create(ticket_id=ticket["id"], body=str(number), is_internal=True)
            bodies = [(await asyncio.wait_for(events.__anext__(), 10))["new_values"]["body"] for _ in range(29)]
            self.assertEqual(bodies, [str(number) for number in range(1, 30)])

    async def test_events_go_on_where_they_were_after_the_process_was_killed(self) -> None:
        async with demo() as desk, demo() as other:
            async with desk.subscribe(ticket_id=TICKET, types=["message.created"]) as events:

                async def write(body: str) -> None:
                    await other.messages.create(ticket_id=TICKET, body=body, is_internal=True)

                async def heard() -> str:
                    return str((await asyncio.wait_for(events.__anext__(), 10))["new_values"]["body"])

                await write("before")
                self.assertEqual(await heard(), "before")
                waiting = asyncio.ensure_future(heard())
                await asyncio.sleep(0)
                os.kill(desk.pid or 0, signal.SIGKILL)
                await write("meanwhile")
                self.assertEqual(await waiting, "meanwhile")
                await desk.session.close()
                await write("in another session")
                self.assertEqual(await heard(), "in another session")
                kept = events.cursor
                await write("while nobody listens")
            async with desk.subscribe(ticket_id=TICKET, types=["message.created"], cursor=kept) as again:
                self.assertEqual((await again.__anext__())["new_values"]["body"], "while nobody listens")

    async def test_a_reader_that_is_slow_loses_no_event(self) -> None:
        async with demo() as desk, demo() as other, desk.subscribe(types=["message.created"]) as events:
            events.limit = 5
            begin = events.cursor or ""
            await other.batch.run(
                mode="each",
                calls=[
                    {"method": "messages.create", "params": {"ticket_id": TICKET, "body": str(n), "is_internal": True}}
                    for n in range(60)
                ],
            )
            for number in range(60, 80):
                await other.messages.create(ticket_id=TICKET, body=str(number), is_internal=True)
            seen: List[str] = []
            for _ in range(80):
                seen.append((await asyncio.wait_for(events.__anext__(), 10))["new_values"]["body"])
            # What a batch runs each by itself, it runs in any order.
            happened = await happened_since(other, begin)
            self.assertEqual(seen, happened)
            self.assertEqual(sorted(seen, key=int), [str(number) for number in range(80)])

    async def test_a_cursor_of_another_database_is_refused(self) -> None:
        async with demo() as desk:
            with self.assertRaises(deskpipe.CursorForeignError):
                await desk.subscribe(cursor="1-0123456789abcdef-1-0").__anext__()

    async def test_a_line_of_more_than_five_megabytes_arrives(self) -> None:
        async with demo() as desk:
            body = "\u0001" * (1 << 20)  # Six bytes each in JSON.
            message = await desk.messages.create(ticket_id=TICKET, body=body, is_internal=True)
            self.assertEqual((await desk.messages.get(id=message["id"]))["body"], body)

    async def test_a_program_that_is_not_there_or_ends_at_once_is_an_error(self) -> None:
        with self.assertRaisesRegex(deskpipe.ProcessError, "cannot start"):
            async with Desk.spawn("/nowhere/deskpipe"):
                pass
        with self.assertRaisesRegex(deskpipe.ProcessError, "no answer of deskpipe's: Welcome"):
            async with Desk.spawn("sh", "-c", "echo Welcome; cat >/dev/null") as desk:
                await desk.system.ping()
        with self.assertRaisesRegex(deskpipe.ProcessError, "status 2.*database"):
            async with Desk.spawn(BINARY, "serve", env={"PATH": "/usr/bin:/bin"}) as desk:
                await desk.system.ping()

    async def test_a_provider_that_fails_fails_the_opening(self) -> None:
        def token() -> str:
            raise LookupError("nobody is signed in")

        with self.assertRaisesRegex(LookupError, "nobody"):
            async with Desk.spawn(BINARY, "demo", token=token):
                pass

    async def test_nothing_works_after_it_was_closed(self) -> None:
        async with demo() as desk:
            events = desk.notifications()
        with self.assertRaises(StopAsyncIteration):
            await events.__anext__()
        with self.assertRaisesRegex(deskpipe.ProcessError, "closed"):
            await desk.system.ping()


if __name__ == "__main__":
    unittest.main()
