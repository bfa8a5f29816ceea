import type { Duplex } from 'node:stream';

/** How long anything on loopback is waited for before "it never came" is the observation. */
export const PATIENCE_MS = 4_000;

/** Waits until something holds. @throws naming what never came. */
export async function until(what: string, holds: () => boolean, ms = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** One end of a connection, its bytes collected: what a peer really got, not what a library made of it. */
export class Wire {
  readonly socket: Duplex;
  readonly #parts: Buffer[] = [];
  #joined: Buffer | null = null;
  length = 0;
  ended = false;
  closed = false;
  error: string | null = null;

  constructor(socket: Duplex) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#parts.push(bytes);
      this.#joined = null;
      this.length += bytes.length;
    });
    socket.on('end', () => {
      this.ended = true;
    });
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message;
    });
    // A socket that was paused on purpose (a proxy's answer was read from it) does not flow again by itself.
    socket.resume();
  }

  get bytes(): Buffer {
    this.#joined ??= Buffer.concat(this.#parts);
    return this.#joined;
  }

  get text(): string {
    return this.bytes.toString('latin1');
  }

  /** `whole`: the peer said that this was all. `broken`: it did not, so a body that ends by close is not whole. */
  get ending(): 'open' | 'whole' | 'broken' {
    if (this.error !== null) return 'broken';
    if (this.ended) return 'whole';
    return this.closed ? 'broken' : 'open';
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Waits for this text at the end of, or anywhere in, what came. */
  sees(text: string, times = 1): Promise<void> {
    return until(JSON.stringify(text.slice(-60)), () => this.text.split(text).length > times);
  }

  over(): Promise<void> {
    return until('the end of the connection', () => this.ending !== 'open');
  }
}
