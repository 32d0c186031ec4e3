// As much of Node 18 as src/ uses, so that its types can be checked without @types/node.

declare module "node:child_process" {
  export interface Readable {
    on(event: "data", listener: (chunk: Uint8Array) => void): this;
  }
  export interface Writable {
    readonly writableNeedDrain: boolean;
    write(text: string): boolean;
    end(): void;
    on(event: "drain", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
  }
  export interface ChildProcess {
    readonly pid: number | undefined;
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
    kill(signal: "SIGTERM" | "SIGKILL"): boolean;
    on(event: "spawn", listener: () => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close", listener: (code: number | null, signal: string | null) => void): this;
  }
  export function spawn(
    command: string,
    args: readonly string[],
    options: {
      stdio: "pipe";
      detached: boolean;
      cwd?: string | undefined;
      env?: { [name: string]: string | undefined } | undefined;
    },
  ): ChildProcess;
}

declare module "node:crypto" {
  export function randomUUID(): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

declare function setTimeout(callback: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;
