import { spawn } from "node:child_process";
import { DeskError, ProcessError } from "./errors.js";
import { lineBytes } from "./methods.js";

/**
 * What an AbortController gives; structural, so that no types of a platform are needed.
 * @typedef {{
 *   readonly aborted: boolean;
 *   readonly reason?: any;
 *   addEventListener(type: "abort", listener: () => void): void;
 *   removeEventListener(type: "abort", listener: () => void): void;
 * }} Signal
 */

/** Milliseconds that a process gets to finish what is under way after its input was closed; it needs at most 2,000. */
const grace = 5_000;
/** Bytes of stderr that are kept for the message of an error. */
const remembered = 8_192;
const decoder = new TextDecoder();

/** @param {object} message */
const lineOf = (message) => JSON.stringify(message) + "\n";

/** One deskpipe process and the lines to and from it. It is not started again when it ends. */
export class Connection {
  /**
   * Why the process is of no use any more.
   * @type {Error | undefined}
   */
  failure;
  /** @type {import("node:child_process").ChildProcess} */
  #process;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #pending = new Map();
  /**
   * Lines that are not written before the process reads on, by the ids of their calls.
   * @type {Map<number, string>}
   */
  #unsent = new Map();
  #isEnding = false;
  #lastId = 0;
  #said = "";
  /**
   * What has come of a line.
   * @type {Uint8Array[]}
   */
  #parts = [];
  #listener;
  #lost;
  /**
   * Whether the program is there; rejects where it is not.
   * @type {Promise<void>}
   */
  started;
  /** @type {Promise<void>} */
  #ended;

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {{ cwd?: string | undefined, env?: { [name: string]: string | undefined } | undefined }} options
   * @param {(method: string, params: any) => void} listener
   * @param {() => void} lost Called at once when the process is of no use any more: nobody can have connected anew.
   */
  constructor(command, args, options, listener, lost) {
    this.#listener = listener;
    this.#lost = lost;
    // In a session of its own, so that Ctrl-C reaches the program alone and the desk ends in order.
    this.#process = spawn(command, args, { stdio: "pipe", detached: true, cwd: options.cwd, env: options.env });
    // A process that has ended is told by "close"; an error without a listener would end the program.
    this.#process.stdin.on("error", () => {});
    this.#process.stdin.on("drain", () => this.#writeOn());
    this.#process.stdout.on("data", (chunk) => this.#read(chunk));
    // Nobody else reads it, and a process whose stderr is full stands still.
    this.#process.stderr.on("data", (chunk) => {
      this.#said = (this.#said + decoder.decode(chunk)).slice(-remembered);
    });
    this.started = new Promise((resolve, reject) => {
      this.#process.on("spawn", resolve);
      this.#process.on("error", (error) => {
        this.#fail(new ProcessError(`cannot start ${command}: ${error.message}`));
        reject(this.failure);
      });
    });
    this.started.catch(() => {});
    this.#ended = new Promise((resolve) => {
      this.#process.on("error", () => resolve());
      this.#process.on("close", (code, signal) => {
        const said = this.#said.trim();
        this.#fail(new ProcessError(`deskpipe ended with status ${code ?? signal}${said === "" ? "" : `: ${said}`}`));
        resolve();
      });
    });
  }

  get pid() {
    return this.#process.pid;
  }

  /**
   * Makes one call. Rejects with a DeskError for an error, with a ProcessError where no answer can come any more, and
   * with the signal's reason where it was aborted.
   *
   * @param {string} method
   * @param {object} params
   * @param {Signal} [signal]
   * @returns {Promise<any>}
   */
  request(method, params, signal) {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = ++this.#lastId;
    const line = lineOf({ jsonrpc: "2.0", id, method, params });
    // Three bytes at the most for a unit of UTF-16.
    if (line.length > lineBytes / 3 && new TextEncoder().encode(line).length - 1 > lineBytes) {
      // The desk would answer it without an id, since it reads no further.
      const data = { kind: "invalid_request" };
      return Promise.reject(new DeskError(-32600, `A line has at most ${lineBytes} bytes.`, data));
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        if (!this.#pending.delete(id)) return;
        if (!this.#unsent.delete(id)) {
          this.#process.stdin.write(lineOf({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
        }
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort);
      const settled = () => signal?.removeEventListener("abort", abort);
      this.#pending.set(id, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      });
      this.#write(id, line);
    });
  }

  /** Ends the process in order, or by force where it does not listen. */
  async close() {
    this.#isEnding = true;
    this.#writeOn();
    const timers = /** @type {const} */ (["SIGTERM", "SIGKILL"]).map((signal, index) =>
      setTimeout(() => this.#process.kill(signal), grace * (index + 1)),
    );
    await this.#ended;
    timers.forEach(clearTimeout);
  }

  /**
   * @param {number} id
   * @param {string} line
   */
  #write(id, line) {
    if (this.#process.stdin.writableNeedDrain) this.#unsent.set(id, line);
    else this.#process.stdin.write(line);
  }

  /** Writes as much as the process takes, and ends its input behind the last line where that is wanted. */
  #writeOn() {
    const { stdin } = this.#process;
    for (const [id, line] of this.#unsent) {
      if (stdin.writableNeedDrain) return;
      this.#unsent.delete(id);
      stdin.write(line);
    }
    if (this.#isEnding) stdin.end();
  }

  /**
   * Lines end with LF and nothing else.
   * @param {Uint8Array} chunk
   */
  #read(chunk) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#parts.push(chunk.subarray(start, end));
      const line = decoder.decode(join(this.#parts));
      this.#parts = [];
      start = end + 1;
      try {
        this.#take(JSON.parse(line));
      } catch {
        this.#said = `it wrote what is no answer of deskpipe's: ${line.slice(0, 200)}`;
        this.#process.kill("SIGKILL");
        return;
      }
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
  }

  /** @param {any} message */
  #take(message) {
    if (message.method !== undefined) {
      this.#listener(message.method, message.params ?? {});
      return;
    }
    const call = this.#pending.get(message.id);
    // It was cancelled.
    if (call === undefined) return;
    this.#pending.delete(message.id);
    const { error } = message;
    if (error === undefined) call.resolve(message.result);
    else call.reject(new DeskError(error.code, error.message, error.data));
  }

  /** @param {Error} failure */
  #fail(failure) {
    this.failure ??= failure;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    this.#unsent.clear();
    for (const call of calls) call.reject(this.failure);
    this.#lost();
  }
}

/** @param {Uint8Array[]} parts */
function join(parts) {
  if (parts.length === 1) return /** @type {Uint8Array} */ (parts[0]);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
