// What a stream of events makes of notifications that arrive at once, which no real process can be made to send.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStream } from "../src/events.js";

/** A desk with fifteen events, which are sent with the answer of a subscription in parts of these sizes. */
function scripted(sizes) {
  const calls = [];
  const source = {
    calls,
    async call(method, params) {
      calls.push(method);
      const subscription = `handle ${calls.length}`;
      if (method === "events.unsubscribe") return {};
      let first = Number(params.cursor) + 1;
      for (const size of sizes) {
        const ids = Array.from({ length: size }, (_, index) => first + index).filter((id) => id < 15);
        const items = ids.map((id) => ({ id: String(id) }));
        if (items.length > 0) source.stream.hear("events.happened", { subscription, items });
        first += size;
      }
      return { subscription, cursor: params.cursor };
    },
    isConnected: () => true,
    forget() {},
  };
  source.stream = new EventStream(source, { cursor: "-1" });
  source.stream.limit = 10;
  return source;
}

test("events behind too much, before the handle is known, come once and in order", async () => {
  const { stream, calls } = scripted([8, 5, 2]);
  const seen = [];
  while (seen.length < 15) seen.push((await stream.next()).value.id);
  assert.deepEqual(seen, Array.from({ length: 15 }, (_, id) => String(id)));
  assert.deepEqual(calls, ["events.subscribe", "events.unsubscribe", "events.subscribe"]);
  await stream.close();
});
