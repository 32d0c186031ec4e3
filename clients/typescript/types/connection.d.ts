/** One deskpipe process and the lines to and from it. It is not started again when it ends. */
export class Connection {
    /**
     * @param {string} command
     * @param {readonly string[]} args
     * @param {{ cwd?: string | undefined, env?: { [name: string]: string | undefined } | undefined }} options
     * @param {(method: string, params: any) => void} listener
     * @param {() => void} lost Called at once when the process is of no use any more: nobody can have connected anew.
     */
    constructor(command: string, args: readonly string[], options: {
        cwd?: string | undefined;
        env?: {
            [name: string]: string | undefined;
        } | undefined;
    }, listener: (method: string, params: any) => void, lost: () => void);
    /**
     * Why the process is of no use any more.
     * @type {Error | undefined}
     */
    failure: Error | undefined;
    /**
     * Whether the program is there; rejects where it is not.
     * @type {Promise<void>}
     */
    started: Promise<void>;
    get pid(): number | undefined;
    /**
     * Makes one call. Rejects with a DeskError for an error, with a ProcessError where no answer can come any more, and
     * with the signal's reason where it was aborted.
     *
     * @param {string} method
     * @param {object} params
     * @param {Signal} [signal]
     * @returns {Promise<any>}
     */
    request(method: string, params: object, signal?: Signal | undefined): Promise<any>;
    /** Ends the process in order, or by force where it does not listen. */
    close(): Promise<void>;
    #private;
}
/**
 * What an AbortController gives; structural, so that no types of a platform are needed.
 */
export type Signal = {
    readonly aborted: boolean;
    readonly reason?: any;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
};
