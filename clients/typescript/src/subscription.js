import { NotificationsLost } from "./errors.js";

/**
 * A message that nobody asked for just now.
 * @typedef {{ method: string, params: any }} Notification
 */

/** Notifications that are kept for somebody who does not take them. */
const limit = 10_000;

/**
 * Notifications as they come, from the moment when it was made; ends with the desk.
 * @implements {AsyncIterableIterator<Notification>}
 */
export class Subscription {
  #names;
  #forget;
  /** @type {Notification[]} */
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
   * @param {(subscription: Subscription) => void} forget
   */
  constructor(names, forget) {
    this.#names = names;
    this.#forget = forget;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** @returns {Promise<IteratorResult<Notification, undefined>>} */
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

  /** @returns {Promise<IteratorResult<Notification, undefined>>} */
  async return() {
    this.close();
    this.#kept = [];
    return { value: undefined, done: true };
  }

  /** @param {Notification} notification */
  take(notification) {
    if (this.#names.length > 0 && !this.#names.includes(notification.method)) return;
    if (this.#kept.length < limit) this.#kept.push(notification);
    else this.#hasLost = true;
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
