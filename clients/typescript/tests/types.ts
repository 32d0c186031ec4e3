// What a program in TypeScript sees; never run, only checked.
import { Desk, DeskError, type OpenDesk } from "deskpipe";
import type { Database, Enums, Json, Tables, TablesInsert, TablesUpdate } from "deskpipe/database";

export async function first(): Promise<string[]> {
  const desk: OpenDesk = await Desk.spawn("deskpipe", ["demo"], { token: async () => "…", notifyBefore: 15 });
  const page = await desk.tickets.list({ status: ["open", "pending"], limit: 3 });
  const subjects: string[] = page.items.map((ticket) => ticket.subject);
  for await (const ticket of desk.tickets.list_all()) {
    const name: string | undefined = ticket.assignee?.name;
    if (name !== undefined) subjects.push(name);
  }
  const generic = await desk.call("tickets.count", {});
  const total: number = generic.total;
  for await (const event of desk.notifications("session.expiring", "events.lagging")) {
    subjects.push(event.method === "session.expiring" ? event.params.expires_at : event.params.cursor);
    // @ts-expect-error It does not say that.
    subjects.push(event.params.subject);
  }
  for await (const event of desk.notifications("client.restarted", "of.a.newer.desk")) subjects.push(event.method, event.params);
  for await (const event of desk.notifications()) subjects.push(event.method, event.params);
  for await (const event of await desk.subscribe({ types: ["ticket"] })) subjects.push(event.object_id);
  try {
    await desk.tickets.assign({ id: "…", assigned_to: null });
  } catch (error) {
    if (error instanceof DeskError && error.kind === "conflict") return [String(total)];
  }
  // @ts-expect-error There is no such status.
  await desk.tickets.list({ status: "broken" });
  // @ts-expect-error The id is required.
  await desk.customers.get({});
  // @ts-expect-error There is no such method.
  await desk.tickets.fly();
  // @ts-expect-error There is no such kind.
  if (new DeskError(1, "").kind === "confilct") return [];
  return subjects;
}

type Ticket = Database["public"]["Tables"]["tickets"]["Row"];
export const status: Database["public"]["Enums"]["ticket_status"] = "open";
export const same = (row: Ticket): Tables<"tickets"> => row;
export const insert: TablesInsert<"tickets"> = { customer_id: "…", number: 1, subject: "…" };
export const update: TablesUpdate<"tickets"> = { status: "solved" };
export const priority: Enums<"ticket_priority"> = "urgent";
export const metadata = (row: Ticket): Json => row.metadata;
// @ts-expect-error A generated column is never written.
export const generated: TablesInsert<"tickets"> = { customer_id: "…", number: 1, subject: "…", status_code: "open" };
// @ts-expect-error The subject is required.
export const missing: TablesInsert<"tickets"> = { customer_id: "…" };
