export { Desk } from "./desk.js";
export { methods } from "./methods.js";
export { Subscription } from "./subscription.js";
export type CallOptions = import("./desk.js").CallOptions;
export type OpenDesk = import("./desk.js").OpenDesk;
export type SpawnOptions = import("./desk.js").SpawnOptions;
export type Notification = import("./subscription.js").Notification;
export type Methods = import("../types/protocol.js").Methods;
export { DeskError, NotificationsLost, ProcessError } from "./errors.js";
