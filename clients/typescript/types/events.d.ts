/**
 * What happens, event by event, each once and in order. Where the process dies, the session is another one or too much
 * waits here, it subscribes anew from its cursor. An error that it throws leaves the cursor as it is, and the next event
 * may be asked for again.
 * @implements {AsyncIterableIterator<DeskEvent>}
 */
export class EventStream implements AsyncIterableIterator<DeskEvent> {
    /**
     * @param {Source} source
     * @param {EventsWanted} wanted
     */
    constructor(source: Source, wanted: EventsWanted);
    /**
     * Where to go on: behind the last event that was taken.
     * @type {string | undefined}
     */
    cursor: string | undefined;
    /** Events that may wait here. */
    limit: number;
    /** @returns {Promise<IteratorResult<DeskEvent, undefined>>} */
    next(): Promise<IteratorResult<DeskEvent, undefined>>;
    /** Ends it. */
    close(): Promise<void>;
    /** @returns {Promise<IteratorResult<DeskEvent, undefined>>} */
    return(): Promise<IteratorResult<DeskEvent, undefined>>;
    /** Subscribes, where it is not; `next` does it too. */
    subscribe(): Promise<void>;
    /**
     * Takes a notification of the process's, where it is for this subscription.
     *
     * @param {string} method
     * @param {any} params
     */
    hear(method: string, params: any): void;
    /** Its process, or its session, is gone. */
    lose(): void;
    /** The desk is closed; what has come before can still be taken. */
    end(): void;
    [Symbol.asyncIterator](): EventStream;
    #private;
}
/**
 * What happened to one object.
 */
export type DeskEvent = import("../types/protocol.js").EventsSinceResultItems;
/**
 * What a stream is to tell of.
 */
export type EventsWanted = {
    /**
     * Kinds of objects (ticket) or types of events (ticket.created).
     */
    types?: string[] | undefined;
    /**
     * Only what happens to this ticket and its messages.
     */
    ticket_id?: string | undefined;
    /**
     * Where to go on: of an earlier stream, of `events.since`, or an event's id; left out, now.
     */
    cursor?: string | undefined;
    session?: string | undefined;
};
/**
 * What a stream needs of its desk.
 */
export type Source = {
    call: (method: any, params: any) => Promise<any>;
    isConnected: () => boolean;
    forget: (stream: EventStream) => void;
};
