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
    constructor(code: number, message: string, data?: {
        [name: string]: any;
    } | undefined, options?: {
        cause?: unknown;
    } | undefined);
    /** The number of the error's kind. */
    code: number;
    /**
     * A stable name.
     * @type {ErrorKind}
     */
    kind: ErrorKind;
    /**
     * A JSON pointer to the parameter that is to blame.
     * @type {string | undefined}
     */
    path: string | undefined;
    /**
     * Why a token was refused.
     * @type {string | undefined}
     */
    reason: string | undefined;
    /**
     * Whether the same call may succeed when it is sent again; nothing was done.
     * @type {boolean}
     */
    retryable: boolean;
    /**
     * Further facts, such as the current version after a conflict.
     * @type {any}
     */
    details: any;
}
/** deskpipe could not be started, or ended; the message has the end of its stderr. */
export class ProcessError extends Error {
    /** @param {string} message */
    constructor(message: string);
}
/** More notifications came than were kept for somebody who does not take them. */
export class NotificationsLost extends Error {
    /** @param {number} limit */
    constructor(limit: number);
}
export type ErrorKind = import("../types/protocol.js").ErrorKind;
export type Json = import("../types/protocol.js").Json;
