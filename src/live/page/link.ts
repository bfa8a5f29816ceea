import type { FeedMessage } from '../feed.js';

/** Waiting times between attempts, in milliseconds; the last one repeats. */
const PAUSES = [300, 1_000, 2_000, 5_000];
/** The server says every 30 seconds that it is there (`limits.feedPingMs`); two of these may be lost. */
const SILENCE_MS = 95_000;
/** The code with which the server turns a tab away because there are too many (RFC 6455 registry: try again later). */
const CROWDED = 1013;

export interface LinkEvents {
  readonly message: (message: FeedMessage) => void;
  /** The server has taken the tab in, and said so. */
  readonly up: () => void;
  /** @param crowded the server has as many tabs as it takes. */
  readonly down: (crowded: boolean) => void;
}

/** The feed's WebSocket, which comes back by itself. */
export class Link {
  readonly #events: LinkEvents;
  #socket: WebSocket | null = null;
  #timer: number | null = null;
  #watch: number | null = null;
  #failures = 0;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  open(): void {
    this.#clear();
    const socket = new WebSocket(`ws://${location.host}/feed`);
    this.#socket?.close();
    this.#socket = socket;
    let taken = false;
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket || typeof data !== 'string') return;
      // An open socket may still be turned away; what is said on it may not.
      if (!taken) {
        taken = true;
        this.#failures = 0;
        this.#events.up();
      }
      this.#listen(socket);
      this.#events.message(JSON.parse(data) as FeedMessage);
    };
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#lost(code === CROWDED);
    };
    this.#listen(socket);
  }

  /** A network that went away without a word leaves the socket open for ever: silence is a break, too. */
  #listen(socket: WebSocket): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watch = window.setTimeout(() => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      socket.close();
      this.#lost(false);
    }, SILENCE_MS);
  }

  #lost(crowded: boolean): void {
    this.#clear();
    this.#events.down(crowded);
    const pause = PAUSES[Math.min(this.#failures, PAUSES.length - 1)]!;
    this.#failures += 1;
    this.#timer = window.setTimeout(() => this.open(), pause);
  }

  #clear(): void {
    for (const timer of [this.#timer, this.#watch]) if (timer !== null) clearTimeout(timer);
    this.#timer = null;
    this.#watch = null;
  }
}
