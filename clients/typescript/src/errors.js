/**
 * @typedef {import("../types/protocol.js").ErrorKind} ErrorKind
 * @typedef {import("../types/protocol.js").Json} Json
 */

/** An error of the desk; `kind` tells which. */
export class DeskError extends Error {
  /**
   * @param {number} code
   * @param {string} message
   * @param {{ [name: string]: any }} [data]
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, data = {}, options) {
    super(message, options);
    this.name = "DeskError";
    /** The number of the error's kind. */
    this.code = code;
    /**
     * A stable name.
     * @type {ErrorKind}
     */
    this.kind = data.kind;
    /**
     * A JSON pointer to the parameter that is to blame.
     * @type {string | undefined}
     */
    this.path = data.path;
    /**
     * Why a token was refused.
     * @type {string | undefined}
     */
    this.reason = data.reason;
    /**
     * Whether the same call may succeed when it is sent again; nothing was done.
     * @type {boolean}
     */
    this.retryable = data.retryable === true;
    /**
     * Further facts, such as the current version after a conflict.
     * @type {any}
     */
    this.details = data.details;
  }
}

/** deskpipe could not be started, or ended; the message has the end of its stderr. */
export class ProcessError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "ProcessError";
  }
}

/** More notifications came than were kept for somebody who does not take them. */
export class NotificationsLost extends Error {
  /** @param {number} limit */
  constructor(limit) {
    super(`more than ${limit} notifications waited`);
    this.name = "NotificationsLost";
  }
}
