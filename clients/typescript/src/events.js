import { DeskError, ProcessError } from "./errors.js";

/**
 * What happened to one object.
 * @typedef {import("../types/protocol.js").EventsSinceResultItems} DeskEvent
 */

/**
 * What a stream is to tell of.
 * @typedef {object} EventsWanted
 * @property {string[]} [types] Kinds of objects (ticket) or types of events (ticket.created).
 * @property {string} [ticket_id] Only what happens to this ticket and its messages.
 * @property {string} [cursor] Where to go on: of an earlier stream, of `events.since`, or an event's id; left out, now.
 * @property {string} [session]
 */

/**
 * What a stream needs of its desk.
 * @typedef {object} Source
 * @property {(method: any, params: any) => Promise<any>} call
 * @property {() => boolean} isConnected
 * @property {(stream: EventStream) => void} forget
 */

/** Events that wait here before the desk is told to keep them instead. */
const limit = 1_000;
/** Milliseconds between two attempts to subscribe while the database is away: they double up to the second. */
const pauses = /** @type {const} */ ([100, 10_000]);

/**
 * What happens, event by event, each once and in order. Where the process dies, the session is another one or too much
 * waits here, it subscribes anew from its cursor. An error that it throws leaves the cursor as it is, and the next event
 * may be asked for again.
 * @implements {AsyncIterableIterator<DeskEvent>}
 */
export class EventStream {
  /**
   * Where to go on: behind the last event that was taken.
   * @type {string | undefined}
   */
  cursor;
  /** Events that may wait here. */
  limit = limit;
  #source;
  /** @type {EventsWanted} */
  #wanted;
  /** @type {DeskEvent[]} */
  #kept = [];
  /**
   * The handle of the subscription.
   * @type {string | undefined}
   */
  #handle;
  /**
   * What came while the handle was not known yet.
   * @type {[string, any][] | undefined}
   */
  #early;
  /** @type {Promise<void> | undefined} */
  #subscribing;
  #isClosed = false;
  /**
   * Wakes who waits.
   * @type {(() => void)[]}
   */
  #waiting = [];

  /**
   * @param {Source} source
   * @param {EventsWanted} wanted
   */
  constructor(source, wanted) {
    this.#source = source;
    const { cursor, ...rest } = wanted;
    this.#wanted = rest;
    this.cursor = cursor;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** @returns {Promise<IteratorResult<DeskEvent, undefined>>} */
  async next() {
    for (;;) {
      const value = this.#kept.shift();
      if (value !== undefined) {
        this.cursor = value.id;
        return { value, done: false };
      }
      if (this.#isClosed) return { value: undefined, done: true };
      if (this.#handle === undefined) await this.subscribe();
      else await new Promise((/** @type {(value: void) => void} */ resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ends it. */
  async close() {
    this.end();
    this.#kept = [];
    await this.#unsubscribe();
  }

  /** @returns {Promise<IteratorResult<DeskEvent, undefined>>} */
  async return() {
    await this.close();
    return { value: undefined, done: true };
  }

  /** Subscribes, where it is not; `next` does it too. */
  async subscribe() {
    this.#subscribing ??= this.#trySubscribing().finally(() => (this.#subscribing = undefined));
    await this.#subscribing;
  }

  async #trySubscribing() {
    let [pause, longest] = pauses;
    // What waits is behind the cursor: from there it would come again.
    while (this.#handle === undefined && this.#kept.length === 0 && !this.#isClosed) {
      this.#early = [];
      const start = this.cursor === undefined ? {} : { cursor: this.cursor };
      let answer;
      try {
        answer = await this.#source.call("events.subscribe", { ...this.#wanted, ...start });
      } catch (error) {
        this.#early = undefined;
        const isPassing = error instanceof DeskError && (error.retryable || error.kind === "outcome_unknown");
        if (!isPassing) throw error;
        await new Promise((resolve) => setTimeout(() => resolve(undefined), pause * (0.5 + Math.random() / 2)));
        pause = /** @type {typeof pause} */ (Math.min(2 * pause, longest));
        continue;
      }
      const early = this.#early;
      this.#early = undefined;
      // The process may have ended between its answer and now.
      if (!this.#source.isConnected()) continue;
      this.#handle = answer.subscription;
      this.cursor ??= answer.cursor;
      for (const [method, params] of early) this.hear(method, params);
    }
  }

  async #unsubscribe() {
    const subscription = this.#handle;
    this.#handle = undefined;
    if (subscription === undefined) return;
    const { session } = this.#wanted;
    try {
      await this.#source.call("events.unsubscribe", session === undefined ? { subscription } : { subscription, session });
    } catch (error) {
      // It ended by itself; what still comes for it is not taken.
      if (!(error instanceof DeskError) && !(error instanceof ProcessError)) throw error;
    }
  }

  /**
   * Takes a notification of the process's, where it is for this subscription.
   *
   * @param {string} method
   * @param {any} params
   */
  hear(method, params) {
    this.#early?.push([method, params]);
    if (this.#handle === undefined || params.subscription !== this.#handle) return;
    if (method === "events.lagging") {
      this.#handle = undefined;
    } else if (this.#kept.length > 0 && this.#kept.length + params.items.length > this.limit) {
      // They stay where they are, in the database.
      this.#unsubscribe().catch(() => {});
    } else {
      this.#kept.push(...params.items);
    }
    this.#wake();
  }

  /** Its process, or its session, is gone. */
  lose() {
    this.#handle = undefined;
    this.#wake();
  }

  /** The desk is closed; what has come before can still be taken. */
  end() {
    this.#isClosed = true;
    this.#source.forget(this);
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
