import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Connection, DeviceLabel, SeenDevice, Session } from '../model/session.js';
import type { LiveOptions } from './options.js';
import { read } from './request.js';
import * as schema from './schema.js';
import type { ClientCount } from './store-port.js';

/** One phone as the API tells of it. */
export type Device = z.infer<typeof schema.device>;

/** A remark on a connection whose server offers what no proxy sees (`session/http3`). */
const HTTP3 = 'OVR_HTTP3_OFFERED';

interface Phone {
  first: number;
  last: number;
  readonly names: Set<string>;
  readonly read: Set<string>;
  readonly pinned: Set<string>;
  readonly refused: Set<string>;
  readonly passed: Set<string>;
  readonly http3: Set<string>;
}

/** The name that the request list has for the sender of a connection. */
function nameOf({ user, app, address }: Connection['client']): string {
  return user ?? app?.packages[0] ?? address;
}

/**
 * The phones of one session, by the addresses they come from. Connections are added as they are told; requests are counted by what the
 * store says of each name.
 */
export class DeviceList {
  readonly #phones = new Map<string, Phone>();
  readonly #counts = new Map<string, ClientCount>();
  /** Number of the first exchange that is not counted yet. */
  next = 0;

  constructor(connections: Iterable<Connection>) {
    for (const connection of connections) this.add(connection);
  }

  /** Telling of a connection again changes nothing but what is new about it. */
  add({ client, at, reach, host, cause }: Connection): void {
    const phone = this.#phones.get(client.address) ?? {
      first: at,
      last: at,
      names: new Set<string>(),
      read: new Set<string>(),
      pinned: new Set<string>(),
      refused: new Set<string>(),
      passed: new Set<string>(),
      http3: new Set<string>(),
    };
    this.#phones.set(client.address, phone);
    phone.first = Math.min(phone.first, at);
    phone.last = Math.max(phone.last, at);
    phone.names.add(nameOf(client));
    if (reach === 'decrypted') phone.read.add(host);
    else if (reach === 'pinned') phone.pinned.add(host);
    else if (reach === 'ca_not_trusted') phone.refused.add(host);
    else if (reach === 'passed_through') phone.passed.add(host);
    if (cause?.code === HTTP3) phone.http3.add(host);
  }

  /** @param next number to ask from the next time. */
  count(clients: readonly ClientCount[], next: number): void {
    for (const one of clients) {
      const before = this.#counts.get(one.client);
      this.#counts.set(one.client, {
        client: one.client,
        exchanges: (before?.exchanges ?? 0) + one.exchanges,
        first: Math.min(before?.first ?? one.first, one.first),
        last: Math.max(before?.last ?? one.last, one.last),
      });
    }
    this.next = next;
  }

  /**
   * In the order in which they came.
   * @param seen what the proxy knows of phones beside their traffic.
   */
  list(labels: readonly DeviceLabel[], seen: readonly SeenDevice[]): Device[] {
    const known = new Map(seen.map((one) => [one.address, one]));
    const addresses = new Set([...this.#phones.keys(), ...known.keys()]);
    const all = [...addresses].map((address): Device => {
      const phone = this.#phones.get(address);
      const extra = known.get(address);
      const counts = [...(phone?.names ?? [])].flatMap((name) => this.#counts.get(name) ?? []);
      const times = [
        ...(phone === undefined ? [] : [phone.first, phone.last]),
        ...(extra === undefined ? [] : [extra.firstSeen, extra.lastSeen]),
        ...counts.flatMap(({ first, last }) => [first, last]),
      ];
      return {
        address,
        label: labels.find((one) => one.address === address)?.label ?? null,
        known: extra?.known ?? null,
        names: [...(phone?.names ?? [])],
        firstSeen: Math.min(...times),
        lastSeen: Math.max(...times),
        exchanges: this.#isShared(address) ? null : counts.reduce((sum, { exchanges }) => sum + exchanges, 0),
        lights: {
          reached: true,
          proxySet: phone !== undefined || extra?.lights.proxySet === true,
          downloaded: extra?.lights.downloaded === true,
          trusted: (phone?.read.size ?? 0) > 0 || extra?.lights.trusted === true,
        },
        hosts: {
          read: phone?.read.size ?? 0,
          pinned: phone?.pinned.size ?? 0,
          refused: phone?.refused.size ?? 0,
          passedThrough: phone?.passed.size ?? 0,
          http3: phone?.http3.size ?? 0,
        },
      };
    });
    return all.sort((a, b) => a.firstSeen - b.firstSeen || (a.address < b.address ? -1 : 1));
  }

  /** Two phones that give the same proxy user: the request list does not tell them apart. */
  #isShared(address: string): boolean {
    const names = this.#phones.get(address)?.names ?? new Set<string>();
    return [...this.#phones].some(([other, phone]) => other !== address && [...phone.names].some((name) => names.has(name)));
  }
}

/**
 * The list of devices, and its memory of the session that runs.
 * @param sessionOf throws where there is none. @returns where the feed tells of connections.
 */
export function deviceRoutes(
  server: FastifyInstance,
  options: LiveOptions,
  devices: DeviceMemory,
  sessionOf: (id: string) => Session,
): void {
  server.get('/api/sessions/:id/devices', ({ params }) => {
    const session = sessionOf(read(schema.sessionParams, params).id);
    const list = devices.of(session.id);
    const { clients, next } = options.store.clients(session.id, list.next);
    list.count(clients, next);
    const runs = session.status === 'running' && session.id === options.audit?.session().id;
    // Of one that runs the proxy knows more than was noted so far, the store of phones that it has forgotten.
    const seen = [...options.store.devices(session.id), ...(runs ? seenIn(session, options.devices?.() ?? []) : [])];
    return { devices: list.list(session.subject.devices ?? [], seen) };
  });
}

/** What was seen of phones while a session ran: what was before it or after it is not of that session. */
export function seenIn({ startedAt, endedAt }: Pick<Session, 'startedAt' | 'endedAt'>, seen: readonly SeenDevice[]): SeenDevice[] {
  const end = endedAt ?? Number.POSITIVE_INFINITY;
  return seen
    .filter(({ firstSeen, lastSeen }) => lastSeen >= startedAt && firstSeen <= end)
    .map((device) => ({ ...device, firstSeen: Math.max(device.firstSeen, startedAt), lastSeen: Math.min(device.lastSeen, end) }));
}

/** Keeps the list of the session that is recorded; a stored one does not change and is read as a whole. */
export class DeviceMemory {
  readonly #options: Pick<LiveOptions, 'audit' | 'store'>;
  #current: { readonly session: string; readonly list: DeviceList } | null = null;

  constructor(options: Pick<LiveOptions, 'audit' | 'store'>) {
    this.#options = options;
  }

  of(session: string): DeviceList {
    const { audit, store } = this.#options;
    if (session !== audit?.session().id) return new DeviceList(store.connections(session));
    if (this.#current?.session !== session) this.#current = { session, list: new DeviceList(store.connections(session)) };
    return this.#current.list;
  }

  /** Nothing is made for a session that nobody has asked about. */
  add(session: string, connection: Connection): void {
    if (this.#current?.session === session) this.#current.list.add(connection);
  }
}
