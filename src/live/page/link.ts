import type { FeedMessage } from '../feed.js';

/** Waiting times between attempts, in milliseconds; the last one repeats. */
const PAUSES = [300, 1_000, 2_000, 5_000];

export interface LinkEvents {
  readonly message: (message: FeedMessage) => void;
  readonly up: () => void;
  readonly down: () => void;
}

/** The feed's WebSocket, which comes back by itself. */
export class Link {
  readonly #events: LinkEvents;
  #socket: WebSocket | null = null;
  #timer: number | null = null;
  #failures = 0;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  open(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const socket = new WebSocket(`ws://${location.host}/feed`);
    this.#socket?.close();
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#events.message(JSON.parse(data) as FeedMessage);
    };
    socket.onopen = () => {
      this.#failures = 0;
      this.#events.up();
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#events.down();
      const pause = PAUSES[Math.min(this.#failures, PAUSES.length - 1)]!;
      this.#failures += 1;
      this.#timer = window.setTimeout(() => this.open(), pause);
    };
  }
}
