/**
 * Batches of the running audit to every open tab, over WebSocket.
 *
 * Danger: a tab that stalls does not read, and whatever is sent to it piles up in this process (mitmproxy's
 * `WebSocketEventBroadcaster` has no bound). Fences: frames are merged to one per `limits.feedFrameMs`; a client whose socket
 * holds more than `limits.feedBytes` gets nothing more until it has drained, and then one `resync`, after which it asks the API
 * again; more than `limits.feedQueued` changes within one frame are a `resync` too; `limits.feedClients` tabs at most. One buffer
 * is shared by all clients.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { limits } from '../limits.js';
import type { AuditBatch, Counters, ExchangeRow } from '../model/audit.js';
import type { Finding } from '../model/finding.js';
import type { Connection, Session } from '../model/session.js';
import type { Trouble } from '../model/trouble.js';
import { groupKey, type ReachGroup } from './reaches.js';
import type { FindingRow } from './trail.js';
import { listedUrl } from './view/listed-url.js';

export type FeedMessage =
  | { readonly type: 'hello'; readonly session: string | null; readonly batch: number; readonly at: number }
  | {
      readonly type: 'batch';
      /** Ids of the first and last batch merged into this frame. */
      readonly from: number;
      readonly to: number;
      readonly session: Session;
      readonly findings: readonly FindingRow[];
      readonly exchanges: readonly ExchangeRow[];
      readonly reaches: readonly ReachGroup[];
      readonly counters: Counters;
    }
  | { readonly type: 'resync'; readonly batch: number }
  /** Nothing new, but the way is open: a browser sees no pings, and would take silence for peace. */
  | { readonly type: 'alive'; readonly at: number }
  /** null: it is over. */
  | { readonly type: 'trouble'; readonly trouble: Trouble | null };

interface Client {
  readonly socket: WebSocket;
  /** It missed frames; nothing is sent until it has drained. */
  stale: boolean;
  alive: boolean;
}

/** Changes since the last frame. */
interface Pending {
  from: number;
  to: number;
  session: Session;
  counters: Counters;
  readonly findings: Map<string, Finding>;
  readonly exchanges: Map<number, ExchangeRow>;
  readonly reaches: Map<string, ReachGroup>;
  overflow: boolean;
}

export interface FeedOptions {
  readonly session: () => string | null;
  /** Asked once a frame, for all that changed in it. */
  readonly rowsOf: (session: string, findings: readonly Finding[]) => readonly FindingRow[];
  /** Counts a connection in; gives the groups that changed. Told of every one, also while no tab is open. */
  readonly groupsOf: (session: string, connection: Connection) => readonly ReachGroup[];
  readonly now: () => number;
  /** Told once where these two throw (the store refuses to be read, the session was deleted a moment ago), and again after a frame was made. */
  readonly onError: (error: unknown) => void;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #server: WebSocketServer;
  readonly #clients = new Set<Client>();
  readonly #pings: NodeJS.Timeout;
  readonly #drains: NodeJS.Timeout;
  #pending: Pending | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When the last frame was sent, by the clock that never jumps. */
  #framed = Number.NEGATIVE_INFINITY;
  #last = 0;
  #refused = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({ noServer: true, maxPayload: limits.feedInbound, perMessageDeflate: false, clientTracking: false });
    this.#pings = setInterval(() => this.#ping(), limits.feedPingMs);
    this.#pings.unref();
    this.#drains = setInterval(() => this.#revive(), limits.feedDrainMs);
    this.#drains.unref();
  }

  /** Id of the last batch seen. */
  get batch(): number {
    return this.#last;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Takes over an upgrade that was already let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (peer) => this.#join(peer));
  }

  push(batch: AuditBatch): void {
    const missed = this.#last !== 0 && batch.id !== this.#last + 1;
    this.#last = batch.id;
    const groups = this.#asked(() => batch.connections.flatMap((connection) => this.#options.groupsOf(batch.session.id, connection)));
    // Without a tab there is nothing to merge for: the next one begins with the API.
    if (this.#clients.size === 0) return;
    // Another session has begun: no frame holds changes of two.
    if (this.#pending !== null && this.#pending.session.id !== batch.session.id) this.#frame();
    this.#pending ??= {
      from: batch.id,
      to: batch.id,
      session: batch.session,
      counters: batch.counters,
      findings: new Map(),
      exchanges: new Map(),
      reaches: new Map(),
      overflow: false,
    };
    const pending = this.#pending;
    pending.to = batch.id;
    pending.session = batch.session;
    pending.counters = batch.counters;
    if (missed || groups === null) pending.overflow = true;
    if (!pending.overflow) {
      for (const finding of batch.findings) pending.findings.set(finding.id, finding);
      for (const row of batch.exchanges) pending.exchanges.set(row.seq, { ...row, url: listedUrl(row.url) });
      for (const group of groups ?? []) pending.reaches.set(groupKey(group), group);
      if (pending.findings.size + pending.exchanges.size + pending.reaches.size > limits.feedQueued) {
        pending.overflow = true;
        pending.findings.clear();
        pending.exchanges.clear();
        pending.reaches.clear();
      }
    }
    // At once where the last frame is long ago: waiting for company would make every row of a quiet session late.
    this.#timer ??= setTimeout(() => this.#frame(), Math.max(0, this.#framed + limits.feedFrameMs - performance.now()));
  }

  /** At once; a tab that lags asks the API once it has drained. */
  trouble(trouble: Trouble | null): void {
    const message: FeedMessage = { type: 'trouble', trouble };
    const text = Buffer.from(JSON.stringify(message));
    for (const client of this.#clients) this.#offer(client, text);
  }

  close(): void {
    clearInterval(this.#pings);
    clearInterval(this.#drains);
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const { socket } of this.#clients) socket.terminate();
    this.#clients.clear();
    this.#server.close();
  }

  #join(socket: WebSocket): void {
    if (this.#clients.size >= limits.feedClients) {
      // 1013: try again later (RFC 6455 registry).
      socket.close(1013, 'feedClients');
      return;
    }
    const client: Client = { socket, stale: false, alive: true };
    this.#clients.add(client);
    socket.on('pong', () => {
      client.alive = true;
    });
    // The feed runs one way; a client that talks is not ours (1008: policy).
    socket.on('message', (_: RawData) => socket.close(1008, 'one-way'));
    socket.on('close', () => this.#clients.delete(client));
    // A broken peer ends in `close` as well; without a listener the error would end the process.
    socket.on('error', () => socket.terminate());
    this.#send(client, { type: 'hello', session: this.#options.session(), batch: this.#last, at: this.#options.now() });
  }

  #frame(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#framed = performance.now();
    const pending = this.#pending;
    this.#pending = null;
    if (pending === null) return;
    const findings = pending.overflow ? null : this.#asked(() => this.#options.rowsOf(pending.session.id, [...pending.findings.values()]));
    const message: FeedMessage =
      findings === null
        ? { type: 'resync', batch: pending.to }
        : {
            type: 'batch',
            from: pending.from,
            to: pending.to,
            session: pending.session,
            findings,
            exchanges: [...pending.exchanges.values()],
            reaches: [...pending.reaches.values()],
            counters: pending.counters,
          };
    if (findings !== null) this.#refused = false;
    const text = Buffer.from(JSON.stringify(message));
    for (const client of this.#clients) this.#offer(client, text);
  }

  /** Frames are made in a timer, and batches come as a thread's messages: what is thrown there ends the process, and with it the phone's network. */
  #asked<T>(question: () => T): T | null {
    try {
      return question();
    } catch (error) {
      if (!this.#refused) this.#options.onError(error);
      this.#refused = true;
      return null;
    }
  }

  #offer(client: Client, frame: Buffer): void {
    if (client.socket.readyState !== WebSocket.OPEN) return;
    if (client.socket.bufferedAmount + frame.length > limits.feedBytes) {
      client.stale = true;
      return;
    }
    if (client.stale) return;
    client.socket.send(frame, { binary: false });
  }

  #send(client: Client, message: FeedMessage): void {
    client.socket.send(JSON.stringify(message));
  }

  #ping(): void {
    for (const client of this.#clients) {
      if (!client.alive) {
        client.socket.terminate();
        continue;
      }
      client.alive = false;
      if (client.socket.bufferedAmount > 0) {
        client.alive = true;
        continue;
      }
      client.socket.ping();
      this.#send(client, { type: 'alive', at: this.#options.now() });
    }
  }

  /** Only once it has read everything: a tab that still lags would be told to resync again and again. */
  #revive(): void {
    for (const client of this.#clients) {
      if (!client.stale || client.socket.bufferedAmount > 0) continue;
      client.stale = false;
      this.#send(client, { type: 'resync', batch: this.#last });
    }
  }
}
