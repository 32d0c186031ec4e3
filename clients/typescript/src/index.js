export { Desk } from "./desk.js";
export { DeskError, NotificationsLost, ProcessError } from "./errors.js";
export { methods } from "./methods.js";
export { Subscription } from "./subscription.js";

/**
 * @typedef {import("./desk.js").CallOptions} CallOptions
 * @typedef {import("./desk.js").OpenDesk} OpenDesk
 * @typedef {import("./desk.js").SpawnOptions} SpawnOptions
 * @typedef {import("./subscription.js").Notification} Notification
 * @typedef {import("../types/protocol.js").Methods} Methods
 */
