/** A desk behind a process of deskpipe's that is started, and started again when it dies. */
export class Desk {
    /**
     * Starts a desk, `deskpipe` where no command is given; `close` ends it.
     *
     * @param {string} [command]
     * @param {readonly string[]} [args]
     * @param {SpawnOptions} [options]
     * @returns {Promise<OpenDesk>}
     */
    static spawn(command?: string | undefined, args?: readonly string[] | undefined, options?: SpawnOptions | undefined): Promise<OpenDesk>;
    /**
     * @param {string} command
     * @param {readonly string[]} args
     * @param {SpawnOptions} options
     */
    constructor(command: string, args: readonly string[], options: SpawnOptions);
    /** The process's id. */
    get pid(): number | undefined;
    /** Lets the process finish what is under way and end. */
    close(): Promise<void>;
    /**
     * Notifications of these names, of all where there is none. `client.restarted` comes after a new process was started,
     * which knows nothing of what was asked of the old one.
     *
     * @template {string} [Heard=string]
     * @param {readonly Heard[]} names
     * @returns {Subscription<Heard>}
     */
    notifications<Heard extends string = string>(...names: readonly Heard[]): Subscription<Heard>;
    /**
     * What happens, event by event: from the cursor on, or from now on. It is subscribed when this resolves.
     *
     * @param {import("./events.js").EventsWanted} [wanted]
     * @returns {Promise<EventStream>}
     */
    subscribe(wanted?: import("./events.js").EventsWanted | undefined): Promise<EventStream>;
    /**
     * Makes a call by its name.
     *
     * @template {keyof Methods} Name
     * @param {Name} method
     * @param {Methods[Name]["params"]} params
     * @param {CallOptions} [options]
     * @returns {Promise<Methods[Name]["result"]>}
     */
    call<Name extends keyof import("../types/protocol.js").Methods>(method: Name, params: import("../types/protocol.js").Methods[Name]["params"], options?: CallOptions | undefined): Promise<import("../types/protocol.js").Methods[Name]["result"]>;
    #private;
}
export type Methods = import("../types/protocol.js").Methods;
export type Facts = import("../types/protocol.js").MethodFacts;
export type Signal = import("./connection.js").Signal;
/**
 * How one call is made.
 */
export type CallOptions = {
    /**
     * Aborting it cancels the call, in PostgreSQL too.
     */
    signal?: import("./connection.js").Signal | undefined;
};
/**
 * How a process is started, and who it acts for.
 */
export type SpawnOptions = {
    /**
     * Answers a Clerk session token, whenever one is needed. Without it
     * the process has a session of its own (`demo`, `token_file`, `token_command`), or calls bring `session` or `token`.
     */
    token?: (() => string | Promise<string>) | undefined;
    /**
     * Seconds ahead of its expiry at which a token is replaced: 15.
     */
    notifyBefore?: number | undefined;
    cwd?: string | undefined;
    env?: {
        [name: string]: string | undefined;
    } | undefined;
};
/**
 * A desk with every method at its name: `desk.tickets.list`.
 */
export type OpenDesk = Desk & import("../types/protocol.js").Namespaces<CallOptions>;
import { Subscription } from "./subscription.js";
import { EventStream } from "./events.js";
