// What a bridge does all day, and what it meets on a bad one.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Desk, DeskError, ProcessError, methods } from "deskpipe";
import { lineBytes } from "../src/methods.js";
import { Holder, binary, children, demo, mint, ticket } from "./support.js";

afterEach(() => assert.deepEqual(children(), [], "a process stays behind"));

/** A test with a desk that is closed afterwards. */
function story(name, body, options) {
  test(name, async () => {
    const desk = await demo(options?.());
    try {
      await body(desk);
    } finally {
      await desk.close();
    }
  });
}

async function all(items) {
  const found = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The bodies of the messages that were created, in order, without a stream. */
async function happenedSince(desk, cursor) {
  const bodies = [];
  for (let hasMore = true; hasMore; ) {
    const page = await desk.events.since({ cursor, types: ["message.created"] });
    bodies.push(...page.items.map((event) => event.new_values.body));
    cursor = page.cursor;
    hasMore = page.has_more;
  }
  return bodies;
}

const kind = (kind) => (error) => error instanceof DeskError && error.kind === kind;
const nowhere = "00000000-0000-4000-8000-000000000000";

story("a session is opened and calls are answered", async (desk) => {
  const me = await desk.session.whoami();
  assert.deepEqual([me.agent.name, me.organization.name], ["Ingrid Solberg", "Moorland Cycles"]);
  const answers = await Promise.all(Array.from({ length: 50 }, () => desk.tickets.count()));
  assert.equal(answers.length, 50);
});

test("the demo has a session of its own", async () => {
  const desk = await Desk.spawn(binary, ["demo"]);
  assert.equal((await desk.session.whoami()).agent.role, "admin");
  await desk.close();
});

story("every page is listed", async (desk) => {
  const seen = new Set((await all(desk.tickets.list_all({ status: "closed", limit: 2 }))).map((one) => one.id));
  assert.equal(seen.size, (await desk.tickets.count({ status: "closed" })).total);
  assert.ok(seen.size > 2);
  for await (const one of desk.tickets.list_all({ limit: 1 })) {
    assert.ok(one.id);
    break;
  }
});

story("a ticket is created, answered and fought over", async (desk) => {
  const made = await desk.tickets.create({
    subject: "A wheel is bent",
    customer: { email: "george.ashworth@example.org" },
  });
  const message = await desk.messages.create({ ticket_id: made.id, body: "We are sending a new one." });
  assert.equal(message.is_internal, false);
  const read = await desk.tickets.get({ id: made.id });
  const taken = await desk.tickets.assign({ id: made.id, assigned_to: "me" });
  await assert.rejects(
    desk.tickets.update({ id: made.id, subject: "Old news", expected_version: read.version }),
    (error) => kind("conflict")(error) && error.code === 1103 && error.details.version === taken.version,
  );
  await assert.rejects(
    desk.messages.create({ ticket_id: made.id, body: "x".repeat(8_400_000) }), kind("invalid_request"));
  assert.equal((await desk.tickets.assign({ id: made.id, assigned_to: null })).assigned_to, null);
});

story("errors tell their kind", async (desk) => {
  await assert.rejects(desk.tickets.get({ id: nowhere }), kind("not_found"));
  await assert.rejects(desk.tickets.get({ id: "rubbish" }), (error) => error.path === "/id");
  await assert.rejects(desk.call("tickets.fly", {}), kind("method_not_found"));
  await assert.rejects(desk.tickets.count({ token: "rubbish" }), (error) => error.reason === "token-invalid");
});

test("a token that expires as soon as its session is open is replaced", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskpipe-"));
  // The session's answer arrives with the notice, in one piece.
  const program = join(folder, "desk");
  const script = `#!/bin/sh
first=1
"$DESKPIPE" demo | while IFS= read -r line; do
  if [ "$first" ]; then first= held=$line; continue; fi
  printf "%s\\n" \${held:+"$held"} "$line"
  held=
done
`;
  await writeFile(program, script, { mode: 0o700 });
  const tokens = [];
  const token = async () => tokens[tokens.push(await mint(tokens.length === 0 ? 3 : 60)) - 1];
  const desk = await Desk.spawn(program, [], { token, notifyBefore: 3 });
  try {
    for (let tries = 0; tries < 1000 && tokens.length < 2; tries++) await sleep(10);
    assert.equal(tokens.length, 2);
  } finally {
    await desk.close();
    await rm(folder, { recursive: true });
  }
});

test("a token is replaced before it expires, and the event is heard", async () => {
  const tokens = [];
  // As a program prints it.
  const token = async () => `${tokens[tokens.push(await mint(tokens.length === 0 ? 3 : 60)) - 1]}\n`;
  const desk = await demo({ token, notifyBefore: 3 });
  const { session } = await desk.session.whoami();
  for await (const event of desk.notifications("session.expiring")) {
    assert.deepEqual([event.method, event.params.session], ["session.expiring", session]);
    break;
  }
  while (tokens.length < 2) await sleep(10);
  assert.equal((await desk.session.whoami()).session, session);
  await desk.close();
});

story("a session that was closed is opened anew", async (desk) => {
  const before = (await desk.session.whoami()).session;
  await desk.session.close();
  assert.notEqual((await desk.session.whoami()).session, before);
});

story("a method of a newer desk is called in the session", async (desk) => {
  const { session } = await desk.session.whoami();
  const facts = methods["session.whoami"];
  delete methods["session.whoami"];
  try {
    assert.equal((await desk.call("session.whoami", {})).session, session);
  } finally {
    methods["session.whoami"] = facts;
  }
});

story("an aborted call is cancelled in the database", async (desk) => {
  const before = await desk.tickets.get({ id: ticket });
  const holder = await Holder.of(ticket);
  const controller = new AbortController();
  const call = desk.tickets.set_status({ id: ticket, status: "closed" }, { signal: controller.signal });
  await holder.wait(1);
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
  await holder.wait(0);
  await holder.release();
  assert.equal((await desk.tickets.get({ id: ticket })).version, before.version);
  await assert.rejects(desk.tickets.count({}, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("an aborted call waits neither for the desk nor for a token, which others still get", { timeout: 60_000 }, async () => {
  let give;
  const token = () => new Promise((resolve) => (give = () => (resolve(mint()), (give = undefined))));
  const desk = new Desk(binary, ["demo"], { token });
  const abortedOnceAsked = async () => {
    const controller = new AbortController();
    const calls = [desk.call("tickets.count", {}, { signal: controller.signal }), desk.call("tickets.count", {})];
    const aborted = assert.rejects(calls[0], { name: "AbortError" });
    while (give === undefined) await sleep(1);
    controller.abort();
    await aborted;
    give();
    assert.ok((await calls[1]).total > 0);
  };
  // While it connects.
  await abortedOnceAsked();
  // While the session is opened anew.
  await desk.call("session.close", {});
  await abortedOnceAsked();
  await desk.close();
  // Nothing is begun for a call that was aborted before.
  const idle = new Desk(binary, ["demo"], { token });
  await assert.rejects(idle.call("tickets.count", {}, { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.deepEqual([idle.pid, give, children()], [undefined, undefined, []]);
});

story("a killed process is started again, and reads are sent again", async (desk) => {
  const restarts = desk.notifications("client.restarted");
  const { pid } = desk;
  process.kill(pid, "SIGSTOP");
  const reads = Array.from({ length: 20 }, () => desk.tickets.count());
  process.kill(pid, "SIGKILL");
  assert.equal((await Promise.all(reads)).length, 20);
  assert.notEqual(desk.pid, pid);
  assert.equal((await restarts.next()).value.method, "client.restarted");
});

story("an export that has begun is not sent again, and goes on behind its parts", async (desk) => {
  const ids = [];
  let cursor;
  const take = async (parts) => {
    parts.close();
    for await (const { params } of parts) {
      ids.push(...params.items.map((item) => item.id));
      ({ cursor } = params);
    }
  };
  const parts = desk.notifications("export.part");
  const first = desk.notifications("export.part").next();
  const exported = desk.tickets.export();
  const ended = assert.rejects(exported, ProcessError);
  await first;
  process.kill(desk.pid, "SIGKILL");
  await ended;
  await take(parts);
  const rest = desk.notifications("export.part");
  assert.ok((await desk.tickets.export({ cursor })).exported > 0);
  await take(rest);
  const { total } = await desk.tickets.count();
  assert.deepEqual([ids.length, new Set(ids).size], [total, total]);
});

story("a write under way when the process dies is told apart", async (desk) => {
  const before = await all(desk.messages.list_all({ ticket_id: ticket }));
  process.kill(desk.pid, "SIGSTOP");
  const write = desk.messages.create({ ticket_id: ticket, body: "Only once.", is_internal: true });
  // The line is written when the session's handle has been put in.
  await sleep(0);
  process.kill(desk.pid, "SIGKILL");
  const isKeyed = methods["messages.create"].keyed;
  if (isKeyed) await write;
  else await assert.rejects(write, kind("outcome_unknown"));
  const after = await all(desk.messages.list_all({ ticket_id: ticket }));
  assert.equal(after.length - before.length, isKeyed ? 1 : 0);
});

test("a write whose process died and does not start again may have happened", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskpipe-"));
  const program = join(folder, "deskpipe");
  await symlink(binary, program);
  const desk = await Desk.spawn(program, ["demo"], { token: () => mint() });
  try {
    process.kill(desk.pid, "SIGSTOP");
    const body = { ticket_id: ticket, body: "Perhaps.", is_internal: true, idempotency_key: "once" };
    const write = desk.messages.create(body).catch((error) => error);
    const read = desk.tickets.count().catch((error) => error);
    await sleep(0);
    await rm(program);
    process.kill(desk.pid, "SIGKILL");
    const error = await write;
    assert.equal(error.kind, "outcome_unknown");
    assert.match(error.message, /may not have happened: cannot start/);
    assert.ok(error.cause instanceof ProcessError);
    assert.deepEqual(error.details, { idempotency_key: "once" });
    assert.match((await read).message, /^cannot start/);
    await assert.rejects(desk.messages.create(body), { name: "ProcessError", message: /^cannot start/ });
  } finally {
    await desk.close();
    await rm(folder, { recursive: true });
  }
});

test("a write that was lost is not answered by what keeps it from the desk", async () => {
  const tokens = [await mint()];
  const desk = await demo({ token: () => tokens.pop() });
  process.kill(desk.pid, "SIGSTOP");
  const write = note(desk, "Perhaps.").catch((error) => error);
  await sleep(0);
  tokens.push("rubbish");
  process.kill(desk.pid, "SIGKILL");
  const error = await write;
  assert.deepEqual([error.kind, error.cause?.kind], ["outcome_unknown", "token_refused"]);
  await desk.close();
});

test("closing does not wait for a token that does not come, and leaves no process behind", async () => {
  let isAsked = false;
  const desk = new Desk(binary, ["demo"], { token: () => new Promise(() => (isAsked = true)) });
  desk.call("tickets.count", {}).catch(() => {});
  while (!isAsked) await sleep(1);
  await desk.close();
});

test("a line has as many bytes as the desk reads", async () => {
  const desk = await Desk.spawn(binary, ["demo"]);
  const envelope = '{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{"x":""}}';
  const ping = (length) => desk.call("system.ping", { x: "x".repeat(length - envelope.length) });
  await assert.rejects(ping(lineBytes), kind("invalid_params"));
  await assert.rejects(ping(lineBytes + 1), kind("invalid_request"));
  assert.equal((await desk.system.info()).limits.line_bytes, lineBytes);
  await desk.close();
});

test("what the process does not read yet is not written, and never where it is aborted", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deskpipe-"));
  const sent = join(folder, "sent");
  const desk = await Desk.spawn("sh", ["-c", `tee ${sent} | ${binary} demo`]);
  await desk.system.ping();
  process.kill(-desk.pid, "SIGSTOP");
  // More than a pipe holds.
  const before = desk.customers.list({ text: "x".repeat(4_000_000) }).catch((error) => error);
  const controller = new AbortController();
  const aborted = desk.tickets.count({}, { signal: controller.signal }).catch((error) => error);
  const behind = desk.system.info();
  await sleep(10);
  controller.abort();
  const closed = desk.close();
  process.kill(-desk.pid, "SIGCONT");
  assert.equal((await before).kind, "invalid_params");
  assert.equal((await aborted).name, "AbortError");
  assert.equal((await behind).name, "deskpipe");
  await closed;
  const text = await readFile(sent, "utf8");
  assert.deepEqual(["tickets.count", "$/cancelRequest"].filter((name) => text.includes(name)), []);
  await rm(folder, { recursive: true });
});

story("text of any kind comes back as it was sent", async (desk) => {
  // Ends of lines of other readers, and what is more than one unit of UTF-16.
  const body = 'one\ntwo\r\n"three" \\ \t \u2028 \u2029 \x85 \u{1f6b2} e\u0301 \u05d0\u05d1';
  const message = await note(desk, body);
  assert.equal((await desk.messages.get({ id: message.id })).body, body);
});

story("closing lets calls under way finish", async (desk) => {
  const calls = Array.from({ length: 20 }, () => desk.tickets.count());
  await sleep(0);
  await desk.close();
  assert.equal((await Promise.all(calls)).length, 20);
});

/** The next body of a message that a stream brings, within ten seconds. */
async function heard(events) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("no event")), 10_000)));
  try {
    return (await Promise.race([events.next(), late])).value.new_values.body;
  } finally {
    clearTimeout(timer);
  }
}

const note = (desk, body) => desk.messages.create({ ticket_id: ticket, body, is_internal: true });

story("events come one by one and in order", async (desk) => {
  const events = await desk.subscribe({ types: ["message.created"], ticket_id: ticket });
  const bodies = Array.from({ length: 30 }, (_, number) => String(number));
  for (const body of bodies) await note(desk, body);
  const seen = [];
  for await (const event of events) if (seen.push(event.new_values.body) === bodies.length) break;
  assert.deepEqual(seen, bodies);
  assert.equal((await events.next()).done, true);
});

story("events go on where they were after the process was killed", async (desk) => {
  const other = await demo();
  const events = await desk.subscribe({ types: ["message.created"], ticket_id: ticket });
  await note(other, "before");
  assert.equal(await heard(events), "before");
  const waiting = heard(events);
  process.kill(desk.pid, "SIGKILL");
  await note(other, "meanwhile");
  assert.equal(await waiting, "meanwhile");
  await desk.session.close();
  await note(other, "in another session");
  assert.equal(await heard(events), "in another session");
  const { cursor } = events;
  await events.close();
  await note(other, "while nobody listens");
  const again = await desk.subscribe({ types: ["message.created"], ticket_id: ticket, cursor });
  assert.equal(await heard(again), "while nobody listens");
  await other.close();
});

story("a reader that is slow loses no event", async (desk) => {
  const events = await desk.subscribe({ types: ["message.created"] });
  events.limit = 5;
  const begin = events.cursor;
  const bodies = Array.from({ length: 60 }, (_, number) => String(number));
  const calls = bodies.map((body) => ({
    method: "messages.create",
    params: { ticket_id: ticket, body, is_internal: true },
  }));
  await desk.batch.run({ mode: "each", calls });
  for (let number = 60; number < 80; number++) await note(desk, String(bodies.push(String(number)) - 1));
  const seen = [];
  while (seen.length < bodies.length) seen.push(await heard(events));
  // What a batch runs each by itself, it runs in any order.
  assert.deepEqual(seen, await happenedSince(desk, begin));
  assert.deepEqual([...seen].sort(), bodies.sort());
});

story("a cursor of another database is refused", async (desk) => {
  await assert.rejects(desk.subscribe({ cursor: "1-0123456789abcdef-1-0" }), kind("cursor_foreign"));
});

story("a line of more than five megabytes arrives", async (desk) => {
  // Six bytes each in JSON.
  const body = "\u0001".repeat(1 << 20);
  const message = await desk.messages.create({ ticket_id: ticket, body, is_internal: true });
  assert.ok((await desk.messages.get({ id: message.id })).body === body);
});

test("a program that is not there, or ends at once, is an error", async () => {
  const greeter = await Desk.spawn("sh", ["-c", "echo Welcome; cat >/dev/null"]);
  await assert.rejects(greeter.system.ping(), { message: /no answer of deskpipe's: Welcome/ });
  await greeter.close();
  await assert.rejects(Desk.spawn("/nowhere/deskpipe"), { name: "ProcessError", message: /^cannot start/ });
  const desk = await Desk.spawn(binary, ["serve"], { env: { PATH: "/usr/bin:/bin" } });
  await assert.rejects(desk.system.ping(), (error) => /status 2: .*database/.test(error.message));
  await desk.close();
});

test("a provider that fails fails the opening", async () => {
  const token = () => Promise.reject(new Error("nobody is signed in"));
  await assert.rejects(demo({ token }), { message: "nobody is signed in" });
});

test("nothing works after it was closed", async () => {
  const desk = await demo();
  const events = desk.notifications();
  await desk.close();
  assert.equal((await events.next()).done, true);
  await assert.rejects(desk.system.ping(), ProcessError);
});
