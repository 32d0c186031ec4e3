import { randomUUID } from "node:crypto";
import { Connection } from "./connection.js";
import { DeskError, ProcessError } from "./errors.js";
import { EventStream } from "./events.js";
import { methods } from "./methods.js";
import { Subscription } from "./subscription.js";

/** @typedef {import("../types/protocol.js").Methods} Methods */
/** @typedef {import("../types/protocol.js").MethodFacts} Facts */
/** @typedef {import("./connection.js").Signal} Signal */

/**
 * How one call is made.
 * @typedef {object} CallOptions
 * @property {Signal} [signal] Aborting it cancels the call, in PostgreSQL too.
 */

/**
 * How a process is started, and who it acts for.
 * @typedef {object} SpawnOptions
 * @property {() => string | Promise<string>} [token] Answers a Clerk session token, whenever one is needed. Without it
 *   the process has a session of its own (`demo`, `token_file`, `token_command`), or calls bring `session` or `token`.
 * @property {number} [notifyBefore] Seconds ahead of its expiry at which a token is replaced: 15.
 * @property {string} [cwd]
 * @property {{ [name: string]: string | undefined }} [env]
 */

/**
 * A desk with every method at its name: `desk.tickets.list`.
 * @typedef {Desk & import("../types/protocol.js").Namespaces<CallOptions>} OpenDesk
 */

/** How often a call is sent again that may be: a read, or a write with an idempotency key. */
const retries = 2;

/**
 * What is believed of a method of a newer desk, which this client does not know: the worst, and that it takes a session.
 * @type {Facts}
 */
const unknown = { effect: "destructive", keyed: false, pages: false, sessions: true, parts: true };

/** A desk behind a process of deskpipe's that is started, and started again when it dies. */
export class Desk {
  #command;
  #args;
  /** @type {SpawnOptions} */
  #options;
  /** @type {Connection | undefined} */
  #connection;
  /**
   * The one attempt to connect that is under way.
   * @type {Promise<Connection> | undefined}
   */
  #connecting;
  /**
   * A process whose session is still to be opened.
   * @type {Connection | undefined}
   */
  #opening;
  #isClosed = false;
  /**
   * The handle of the session that was opened with the token.
   * @type {string | undefined}
   */
  #session;
  /** Counts the parts of exports that came: one that has begun is not sent again, or they would come again. */
  #parts = 0;
  /** Counts the tokens, so that of many calls that meet an expired one only the first replaces it. */
  #tokens = 0;
  /** @type {Promise<void> | undefined} */
  #renewing;
  /** @type {Set<Subscription<any>>} */
  #subscriptions = new Set();
  /** @type {Set<EventStream>} */
  #streams = new Set();

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {SpawnOptions} options
   */
  constructor(command, args, options) {
    this.#command = command;
    this.#args = args;
    this.#options = options;
    const namespaces = /** @type {{ [name: string]: any }} */ (this);
    for (const [name, facts] of Object.entries(methods)) {
      const [namespace, verb = "query"] = /** @type {[string, string?]} */ (name.split("."));
      const group = (namespaces[namespace] ??= {});
      group[verb] = (/** @type {any} */ params, /** @type {CallOptions} */ options) =>
        this.call(/** @type {keyof Methods} */ (name), params ?? {}, options);
      if (!facts.pages) continue;
      group[`${verb}_all`] = (/** @type {any} */ params, /** @type {CallOptions} */ options) =>
        this.#pages(/** @type {keyof Methods} */ (name), params ?? {}, options);
    }
  }

  /**
   * Starts a desk, `deskpipe` where no command is given; `close` ends it.
   *
   * @param {string} [command]
   * @param {readonly string[]} [args]
   * @param {SpawnOptions} [options]
   * @returns {Promise<OpenDesk>}
   */
  static async spawn(command = "deskpipe", args = [], options = {}) {
    const desk = new Desk(command, args, options);
    try {
      await desk.#connected();
    } catch (error) {
      await desk.close();
      throw error;
    }
    return /** @type {OpenDesk} */ (desk);
  }

  /** The process's id. */
  get pid() {
    return this.#connection?.pid;
  }

  /** Lets the process finish what is under way and end. */
  async close() {
    this.#isClosed = true;
    for (const subscription of this.#subscriptions) subscription.close();
    for (const stream of this.#streams) stream.end();
    // Not for the attempt itself: it may wait for a token that does not come.
    await Promise.all([this.#opening?.close(), this.#connection?.close()]);
  }

  /**
   * Notifications of these names, of all where there is none. `client.restarted` comes after a new process was started,
   * which knows nothing of what was asked of the old one.
   *
   * @template {string} [Heard=string]
   * @param {readonly Heard[]} names
   * @returns {Subscription<Heard>}
   */
  notifications(...names) {
    /** @type {Subscription<Heard>} */
    const subscription = new Subscription(names, (gone) => this.#subscriptions.delete(gone));
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /**
   * What happens, event by event: from the cursor on, or from now on. It is subscribed when this resolves.
   *
   * @param {import("./events.js").EventsWanted} [wanted]
   * @returns {Promise<EventStream>}
   */
  async subscribe(wanted = {}) {
    const stream = new EventStream(
      {
        call: (method, params) => this.call(method, params),
        isConnected: () => this.#connection !== undefined && this.#connection.failure === undefined,
        forget: (gone) => this.#streams.delete(gone),
      },
      wanted,
    );
    this.#streams.add(stream);
    try {
      await stream.subscribe();
    } catch (error) {
      stream.end();
      throw error;
    }
    return stream;
  }

  /**
   * Makes a call by its name.
   *
   * @template {keyof Methods} Name
   * @param {Name} method
   * @param {Methods[Name]["params"]} params
   * @param {CallOptions} [options]
   * @returns {Promise<Methods[Name]["result"]>}
   */
  async call(method, params, options = {}) {
    const facts = /** @type {Facts} */ (methods[method] ?? unknown);
    /** @type {{ [name: string]: any }} */
    const given = { ...params };
    if (facts.keyed) addKeys(method, given);
    const isRead = facts.effect === "read";
    let isLost = false;
    for (let attempts = isRead || facts.keyed ? retries : 0; ; attempts--) {
      let isSent = false;
      const parts = this.#parts;
      try {
        const connection = await unlessAborted(() => this.#connected(), options.signal);
        isSent = true;
        const answer = await this.#answered(connection, method, given, facts, options.signal);
        if (method === "session.close") this.#loseStreams();
        return answer;
      } catch (error) {
        if (isSent && (error instanceof ProcessError || isKind(error, "outcome_unknown"))) {
          isLost = true;
          if (attempts > 0 && !this.#isClosed && !this.#hasBegun(facts, parts)) continue;
        }
        if (isRead || !isLost || options.signal?.aborted || isVerdict(error)) throw error;
        throw outcomeUnknown(error, given);
      }
    }
  }

  /**
   * Every item of a list, page after page.
   *
   * @param {keyof Methods} method
   * @param {any} params
   * @param {CallOptions} [options]
   */
  async *#pages(method, params, options) {
    for (let cursor = params.cursor; ; ) {
      /** @type {any} */
      const page = await this.call(method, cursor === undefined ? params : { ...params, cursor }, options);
      yield* page.items;
      if (page.next_cursor === null) return;
      cursor = page.next_cursor;
    }
  }

  /**
   * One call, sent again at most once where its session had to be renewed: nothing was done then.
   *
   * @param {Connection} connection
   * @param {string} method
   * @param {{ [name: string]: any }} given
   * @param {Facts} facts
   * @param {Signal | undefined} signal
   */
  async #answered(connection, method, given, facts, signal) {
    const isOwn = this.#options.token !== undefined && facts.sessions;
    if (!isOwn || given.session !== undefined || given.token !== undefined) {
      return connection.request(method, given, signal);
    }
    const tokens = this.#tokens;
    const parts = this.#parts;
    try {
      return await connection.request(method, { ...given, session: this.#session }, signal);
    } catch (error) {
      if (!isKind(error, "session_expired") && !isKind(error, "session_unknown")) throw error;
      await unlessAborted(() => this.#renew(connection, tokens), signal);
      if (this.#hasBegun(facts, parts)) throw error;
    }
    return connection.request(method, { ...given, session: this.#session }, signal);
  }

  /**
   * Whether parts of an export may have come since so many had.
   *
   * @param {Facts} facts
   * @param {number} parts
   */
  #hasBegun(facts, parts) {
    return facts.parts && this.#parts !== parts;
  }

  /** @returns {Promise<Connection>} */
  async #connected() {
    if (this.#isClosed) throw new ProcessError("the desk is closed");
    if (this.#connection !== undefined && this.#connection.failure === undefined) return this.#connection;
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #connect() {
    /** @type {Connection} */
    const connection = new Connection(
      this.#command,
      this.#args,
      this.#options,
      (method, params) => this.#hear(connection, method, params),
      () => this.#loseStreams(),
    );
    this.#opening = connection;
    try {
      await connection.started;
      if (this.#options.token !== undefined) {
        this.#session = undefined;
        await this.#renew(connection, this.#tokens);
      }
      if (this.#isClosed) throw new ProcessError("the desk is closed");
    } catch (error) {
      await connection.close();
      throw error;
    } finally {
      this.#opening = undefined;
    }
    const isFirst = this.#connection === undefined;
    this.#connection = connection;
    if (!isFirst) this.#deliver({ method: "client.restarted", params: {} });
    return connection;
  }

  /**
   * Gives the session a new token, or opens it anew, unless that was done since `seen` was looked at.
   *
   * @param {Connection} connection
   * @param {number} seen
   */
  async #renew(connection, seen) {
    while (this.#renewing !== undefined) await this.#renewing.catch(() => {});
    if (seen !== this.#tokens) return;
    this.#renewing = this.#replaceToken(connection).finally(() => (this.#renewing = undefined));
    await this.#renewing;
  }

  /** @param {Connection} connection */
  async #replaceToken(connection) {
    // What a program printed ends with a line feed.
    const token = (await this.#options.token?.())?.trim();
    let answer;
    if (this.#session !== undefined) {
      try {
        answer = await connection.request("session.refresh", { session: this.#session, token });
      } catch (error) {
        if (!isKind(error, "session_unknown")) throw error;
      }
    }
    if (answer === undefined) {
      answer = await connection.request("session.open", { token, notify_before: this.#options.notifyBefore ?? 15 });
      // Subscriptions belong to a session.
      this.#loseStreams();
    }
    this.#session = answer.session;
    this.#tokens++;
  }

  /**
   * @param {Connection} connection
   * @param {string} method
   * @param {any} params
   */
  #hear(connection, method, params) {
    // Where it fails, the next call that needs the token meets the failure itself.
    if (method === "session.expiring" && this.#options.token !== undefined) {
      this.#expires(connection, params.session).catch(() => {});
    }
    if (method === "export.part") this.#parts++;
    for (const stream of this.#streams) stream.hear(method, params);
    this.#deliver({ method, params });
  }

  /**
   * @param {Connection} connection
   * @param {string} session
   */
  async #expires(connection, session) {
    // A step behind whoever was answered just before this was said: the session may have been opened by that.
    await undefined;
    if (session === this.#session) await this.#renew(connection, this.#tokens);
  }

  #loseStreams() {
    for (const stream of this.#streams) stream.lose();
  }

  /** @param {import("./subscription.js").Notification} notification */
  #deliver(notification) {
    for (const subscription of this.#subscriptions) subscription.take(notification);
  }
}

/**
 * Waits for what others wait for too, until the signal is aborted; it goes on for them.
 *
 * @template Result
 * @param {() => Promise<Result>} begin
 * @param {Signal | undefined} signal
 * @returns {Promise<Result>}
 */
function unlessAborted(begin, signal) {
  if (signal === undefined) return begin();
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    begin()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

/**
 * @param {unknown} error
 * @param {string} kind
 */
function isKind(error, kind) {
  return error instanceof DeskError && error.kind === kind;
}

/**
 * Whether an error says what has become of a call, also where an earlier attempt of it had no answer. What keeps a call
 * from its method (a desk that is busy, a session that is over) tells nothing about the earlier one.
 *
 * @param {unknown} error
 */
function isVerdict(error) {
  return error instanceof DeskError && !error.retryable && !(error.code > 1000 && error.code < 1100);
}

/**
 * Nobody can know whether it happened; under its key it can be sent again.
 *
 * @param {unknown} cause
 * @param {{ [name: string]: any }} given
 */
function outcomeUnknown(cause, given) {
  const { idempotency_key } = given;
  const details = idempotency_key === undefined ? undefined : { idempotency_key };
  const message = `It may or may not have happened: ${cause instanceof Error ? cause.message : cause}`;
  return new DeskError(1204, message, { kind: "outcome_unknown", details }, { cause });
}

/**
 * Names a write, so that it may be sent again; calls that a batch runs each by itself have names of their own.
 *
 * @param {string} method
 * @param {{ [name: string]: any }} given
 */
function addKeys(method, given) {
  if (method === "batch.run" && given.mode === "each") {
    given.calls = given.calls.map((/** @type {any} */ call) => ({
      ...call,
      params: { idempotency_key: randomUUID(), ...call.params },
    }));
  } else {
    given.idempotency_key ??= randomUUID();
  }
}
