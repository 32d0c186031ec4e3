/** Bytes that a line to the desk may have without its LF. */
export const lineBytes: 8388608;
/**
 * Every method: its effect, whether it takes an idempotency_key, answers pages, takes a session, sends parts.
 * @type {import("../types/protocol.js").MethodTable}
 */
export const methods: import("../types/protocol.js").MethodTable;
