// The real binary and a private PostgreSQL, which scripts/test-clients has made.
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Desk } from "deskpipe";

export const binary = process.env.DESKPIPE ?? "deskpipe";
/** A ticket of the demo desk. */
export const ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1";

export async function run(...args) {
  return (await promisify(execFile)(binary, args)).stdout.trim();
}

export const mint = (lifetime = 60) => run("token", "mint", `--lifetime=${lifetime}`);

export const demo = (options = {}) => Desk.spawn(binary, ["demo"], { token: () => mint(), ...options });

/** This process's own, dead ones that nobody waited for among them. */
export function children() {
  const found = execFileSync("ps", ["-o", "args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return found.split("\n").filter((line) => line !== "" && !line.startsWith("ps "));
}

/** Holds the lock that every write of a ticket takes, so that such a write waits. */
export class Holder {
  static async of(ticket) {
    const lines = (await run("db", "start")).split("\n");
    const url = lines.find((line) => line.startsWith("DATABASE_OWNER_URL=")).slice("DATABASE_OWNER_URL=".length);
    const holder = new Holder();
    holder.process = spawn(psql(), ["-XAtq", url], { stdio: ["pipe", "pipe", "inherit"] });
    holder.said = "";
    holder.process.stdout.setEncoding("utf8").on("data", (text) => (holder.said += text));
    holder.key = `hashtextextended('${ticket}', 0)`;
    await holder.ask(`select pg_advisory_lock(${holder.key});`);
    return holder;
  }

  /** Until so many others wait for it. */
  async wait(count) {
    const query = `select count(*) from pg_locks where locktype = 'advisory' and not granted
      and (classid::bigint << 32) | objid::bigint = ${this.key};`;
    for (let tries = 0; tries < 1000; tries++) {
      if ((await this.ask(query)) === String(count)) return;
      await sleep(10);
    }
    throw new Error(`never ${count} that wait`);
  }

  async release() {
    this.process.stdin.end();
    await new Promise((resolve) => this.process.on("close", resolve));
  }

  async ask(query) {
    this.said = "";
    this.process.stdin.write(`${query}\n\\echo .\n`);
    while (!/(^|\n)\.\n$/.test(this.said)) await sleep(1);
    return this.said.slice(0, -2).trim();
  }
}

function psql() {
  if (existsSync("/usr/bin/psql")) return "/usr/bin/psql";
  const versions = readdirSync("/usr/lib/postgresql").sort();
  return `/usr/lib/postgresql/${versions.at(-1)}/bin/psql`;
}
