/**
 * Notifications as they come, from the moment when it was made; ends with the desk.
 * @template {string} [Name=string]
 * @implements {AsyncIterableIterator<Notification<Name>>}
 */
export class Subscription<Name extends string = string> implements AsyncIterableIterator<Notification<Name>> {
    /**
     * @param {readonly string[]} names
     * @param {(subscription: Subscription<any>) => void} forget
     */
    constructor(names: readonly string[], forget: (subscription: Subscription<any>) => void);
    /** @returns {Promise<IteratorResult<Notification<Name>, undefined>>} */
    next(): Promise<IteratorResult<Notification<Name>, undefined>>;
    /** Ends it; what has come before can still be taken. */
    close(): void;
    /** @returns {Promise<IteratorResult<Notification<Name>, undefined>>} */
    return(): Promise<IteratorResult<Notification<Name>, undefined>>;
    /** @param {Notification} notification */
    take(notification: Notification): void;
    [Symbol.asyncIterator](): Subscription<Name>;
    #private;
}
export type Notifications = import("../types/protocol.js").Notifications;
/**
 * A message that nobody asked for just now; of one that is known by its name, so is what it says.
 */
export type Notification<Name extends string = string> = Name extends keyof Notifications ? {
    method: Name;
    params: Notifications[Name];
} : {
    method: Name;
    params: any;
};
