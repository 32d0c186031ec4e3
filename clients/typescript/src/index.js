export { Desk } from "./desk.js";
export { DeskError, NotificationsLost, ProcessError } from "./errors.js";
export { EventStream } from "./events.js";
export { methods } from "./methods.js";
export { Subscription } from "./subscription.js";

/**
 * @typedef {import("./desk.js").CallOptions} CallOptions
 * @typedef {import("./desk.js").OpenDesk} OpenDesk
 * @typedef {import("./events.js").DeskEvent} DeskEvent
 * @typedef {import("./events.js").EventsWanted} EventsWanted
 * @typedef {import("./desk.js").SpawnOptions} SpawnOptions
 * @typedef {import("./subscription.js").Notification} Notification
 * @typedef {import("../types/protocol.js").Methods} Methods
 */
