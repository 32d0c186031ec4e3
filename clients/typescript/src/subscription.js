import { NotificationsLost } from "./errors.js";

/** @typedef {import("../types/protocol.js").Notifications} Notifications */

/**
 * A message that nobody asked for just now; of one that is known by its name, so is what it says.
 * @template {string} [Name=string]
 * @typedef {Name extends keyof Notifications
 *   ? { method: Name, params: Notifications[Name] }
 *   : { method: Name, params: any }} Notification
 */

/** Notifications that are kept for somebody who does not take them. */
const limit = 10_000;

/**
 * Notifications as they come, from the moment when it was made; ends with the desk.
 * @template {string} [Name=string]
 * @implements {AsyncIterableIterator<Notification<Name>>}
 */
export class Subscription {
  #names;
  #forget;
  /** @type {Notification<Name>[]} */
  #kept = [];
  #hasLost = false;
  #isClosed = false;
  /**
   * Wakes who waits.
   * @type {(() => void)[]}
   */
  #waiting = [];

  /**
   * @param {readonly string[]} names
   * @param {(subscription: Subscription<any>) => void} forget
   */
  constructor(names, forget) {
    this.#names = names;
    this.#forget = forget;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** @returns {Promise<IteratorResult<Notification<Name>, undefined>>} */
  async next() {
    for (;;) {
      const value = this.#kept.shift();
      if (value !== undefined) return { value, done: false };
      if (this.#hasLost) {
        this.#hasLost = false;
        throw new NotificationsLost(limit);
      }
      if (this.#isClosed) return { value: undefined, done: true };
      await new Promise((/** @type {(value: void) => void} */ resolve) => this.#waiting.push(resolve));
    }
  }

  /** Ends it; what has come before can still be taken. */
  close() {
    this.#isClosed = true;
    this.#forget(this);
    this.#wake();
  }

  /** @returns {Promise<IteratorResult<Notification<Name>, undefined>>} */
  async return() {
    this.close();
    this.#kept = [];
    return { value: undefined, done: true };
  }

  /** @param {Notification} notification */
  take(notification) {
    if (this.#names.length > 0 && !this.#names.includes(notification.method)) return;
    if (this.#kept.length < limit) this.#kept.push(/** @type {Notification<Name>} */ (notification));
    else this.#hasLost = true;
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
