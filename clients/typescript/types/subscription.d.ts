/**
 * Notifications as they come, from the moment when it was made; ends with the desk.
 * @implements {AsyncIterableIterator<Notification>}
 */
export class Subscription implements AsyncIterableIterator<Notification> {
    /**
     * @param {readonly string[]} names
     * @param {(subscription: Subscription) => void} forget
     */
    constructor(names: readonly string[], forget: (subscription: Subscription) => void);
    /** @returns {Promise<IteratorResult<Notification, undefined>>} */
    next(): Promise<IteratorResult<Notification, undefined>>;
    /** Ends it; what has come before can still be taken. */
    close(): void;
    /** @returns {Promise<IteratorResult<Notification, undefined>>} */
    return(): Promise<IteratorResult<Notification, undefined>>;
    /** @param {Notification} notification */
    take(notification: Notification): void;
    [Symbol.asyncIterator](): Subscription;
    #private;
}
/**
 * A message that nobody asked for just now.
 */
export type Notification = {
    method: string;
    params: any;
};
