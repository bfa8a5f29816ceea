/**
 * What is known of each phone: did it reach us, is its proxy set, does it trust our certificate, which hosts refuse. The
 * memory is what tells "the certificate is not trusted at all" from "this one host pins".
 */
import { limits } from '../limits.js';
import type { Reach } from '../model/session.js';
import { type Cause, causeOf } from './causes.js';
import { isConnectivityCheck } from './connectivity.js';

/** The four lights of the onboarding page. `downloaded` is not proof of anything; the two last come from a real TLS handshake. */
export interface Lights {
  readonly reached: boolean;
  readonly proxySet: boolean;
  readonly downloaded: boolean;
  readonly trusted: boolean;
}

export interface HostState {
  readonly host: string;
  /** Connections that carried decrypted bytes. */
  readonly accepted: number;
  /** Handshakes that the phone refused. */
  readonly rejected: number;
  /** Handshakes that failed over something else: versions, ciphers. */
  readonly protocolErrors: number;
  readonly lastAlert: string | null;
  /** What the newest handshakes say; null: nothing yet. */
  readonly trust: 'works' | 'ca_not_trusted' | 'pinned' | 'protocol_error' | null;
  readonly passThrough: boolean;
}

export interface DeviceState {
  readonly address: string;
  /** SOCKS or proxy user name. */
  readonly label: string | null;
  /** Model and system, as the browser on the onboarding page names them; null: not told. */
  readonly known: string | null;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly lights: Lights;
  readonly openConnections: number;
  /** Connections of apps: the onboarding page, its probes and the phone's own look for the Internet are not counted. */
  readonly connections: number;
  readonly hosts: readonly HostState[];
}

interface HostMemory {
  trust: HostState['trust'];
  accepted: number;
  rejected: number;
  protocolErrors: number;
  abandoned: number;
  lastAlert: string | null;
  passThroughUntil: number;
}

interface DeviceMemory {
  label: string | null;
  known: string | null;
  firstSeenAt: number;
  lastSeenAt: number;
  reached: boolean;
  proxySet: boolean;
  downloaded: boolean;
  trusted: boolean;
  openConnections: number;
  connections: number;
  readonly hosts: Map<string, HostMemory>;
}

export interface Refusal {
  readonly reach: Reach;
  readonly cause: Cause;
}

/** Alerts by which a client says "I do not accept this certificate" (RFC 8446 section 6.2). */
const CERTIFICATE_ALERTS = new Set([
  'unknown_ca',
  'bad_certificate',
  'certificate_unknown',
  'certificate_expired',
  'certificate_revoked',
  'unsupported_certificate',
  'access_denied',
]);

/** How often a host must end a fresh handshake in silence before that is called pinning: browsers open and drop spare connections. */
const SILENT_ENDS = 2;

function keepNewest<V>(map: Map<string, V>, bound: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= bound) return;
    map.delete(oldest);
  }
}

export class Devices {
  readonly #now: () => number;
  readonly #devices = new Map<string, DeviceMemory>();
  readonly #passThrough = new Set<string>();
  readonly #autoAfter: number;

  /** @param autoPassThroughAfter rejections of one host after which it is passed through for a while; 0: never. */
  constructor(now: () => number, passThrough: readonly string[], autoPassThroughAfter = 0) {
    this.#now = now;
    this.#autoAfter = autoPassThroughAfter;
    for (const host of passThrough) this.setPassThrough(host, true);
  }

  #device(address: string): DeviceMemory {
    let device = this.#devices.get(address);
    if (device === undefined) {
      const now = this.#now();
      device = {
        label: null,
        known: null,
        firstSeenAt: now,
        lastSeenAt: now,
        reached: false,
        proxySet: false,
        downloaded: false,
        trusted: false,
        openConnections: 0,
        connections: 0,
        hosts: new Map(),
      };
      this.#devices.set(address, device);
      keepNewest(this.#devices, limits.devices);
    }
    device.lastSeenAt = this.#now();
    return device;
  }

  #host(address: string, host: string): HostMemory {
    const { hosts } = this.#device(address);
    let memory = hosts.get(host);
    if (memory === undefined) {
      memory = { trust: null, accepted: 0, rejected: 0, protocolErrors: 0, abandoned: 0, lastAlert: null, passThroughUntil: 0 };
      hosts.set(host, memory);
      keepNewest(hosts, limits.deviceHosts);
    }
    return memory;
  }

  opened(address: string): void {
    this.#device(address).openConnections++;
  }

  closed(address: string): void {
    const device = this.#devices.get(address);
    if (device !== undefined) device.openConnections = Math.max(0, device.openConnections - 1);
  }

  openConnections(address: string): number {
    return this.#devices.get(address)?.openConnections ?? 0;
  }

  label(address: string, user: string): void {
    this.#device(address).label = user;
  }

  /** The onboarding page was opened; `proxied`: by way of the proxy setting. */
  reached(address: string, proxied: boolean): void {
    const device = this.#device(address);
    device.reached = true;
    if (proxied) device.proxySet = true;
  }

  /** A browser on it said what it is. */
  named(address: string, known: string): void {
    this.#device(address).known = known;
  }

  /** Traffic came by way of the proxy. @param host it is meant for; null: not known yet. */
  proxied(address: string, host: string | null): void {
    const device = this.#device(address);
    device.reached = true;
    device.proxySet = true;
    if (host === null || !isConnectivityCheck(host)) device.connections++;
  }

  downloaded(address: string): void {
    this.#device(address).downloaded = true;
  }

  /** A TLS client of this phone accepted our certificate and spoke inside. */
  accepted(address: string, host: string): void {
    this.#device(address).trusted = true;
    const memory = this.#host(address, host);
    memory.accepted++;
    memory.trust = 'works';
    memory.passThroughUntil = 0;
  }

  /** The HTTPS probe of the onboarding page came through. */
  probed(address: string): void {
    this.#device(address).trusted = true;
  }

  #othersAccepted(address: string, host: string): number {
    let others = 0;
    for (const [name, memory] of this.#device(address).hosts) if (name !== host && memory.accepted > 0) others++;
    return others;
  }

  /**
   * The client ended the handshake.
   * @param alert the TLS alert in lower case (`unknown_ca`), or null where it just closed.
   * @returns what to call it: by what this phone has done with this and other hosts before.
   */
  rejected(address: string, host: string, port: number, alert: string | null): Refusal {
    const memory = this.#host(address, host);
    const device = this.#device(address);
    const facts = { host, port, ...(alert === null ? {} : { detail: `TLS alert: ${alert}` }) };
    if (alert !== null && !CERTIFICATE_ALERTS.has(alert)) return this.protocolError(address, host, port, `TLS alert: ${alert}`);
    memory.rejected++;
    memory.lastAlert = alert ?? 'closed';
    this.#maybePassThrough(memory);
    const others = this.#othersAccepted(address, host);
    // A host that has worked before, or a first close without a word, is no ground for an accusation.
    if (alert === null && (memory.accepted > 0 || memory.rejected < SILENT_ENDS))
      return { reach: 'failed', cause: causeOf('OVR_CLIENT_CLOSED_HANDSHAKE', facts) };
    if (others > 0 || device.trusted || memory.accepted > 0)
      return this.#as(memory, 'pinned', causeOf('OVR_CLIENT_PINNED', { ...facts, others, before: memory.accepted > 0 }));
    return this.#as(memory, 'ca_not_trusted', causeOf('OVR_CLIENT_CA_NOT_TRUSTED', facts));
  }

  /**
   * The client finished the handshake and left at once without a byte, as OkHttp's pinner does. Once is no ground to accuse, but nothing
   * was looked into either. Null: this host has worked before.
   */
  abandoned(address: string, host: string, port: number): Refusal | null {
    const memory = this.#host(address, host);
    if (memory.accepted > 0) return null;
    memory.abandoned++;
    if (memory.abandoned < SILENT_ENDS) return { reach: 'failed', cause: causeOf('OVR_CLIENT_SILENT', { host, port }) };
    memory.rejected++;
    memory.lastAlert = 'closed after handshake';
    this.#maybePassThrough(memory);
    return this.#as(memory, 'pinned', causeOf('OVR_CLIENT_PINNED_SILENT', { host, port, others: this.#othersAccepted(address, host) }));
  }

  #as(memory: HostMemory, reach: 'pinned' | 'ca_not_trusted', cause: Cause): Refusal {
    memory.trust = reach;
    return { reach, cause };
  }

  /** The handshake failed over something else than our certificate. @param alert the TLS alert or OpenSSL's own error. */
  protocolError(address: string, host: string, port: number, alert: string): Refusal {
    const memory = this.#host(address, host);
    memory.protocolErrors++;
    memory.lastAlert = alert;
    if (memory.trust === null) memory.trust = 'protocol_error';
    return { reach: 'failed', cause: causeOf('OVR_CLIENT_TLS', { host, port, detail: alert }) };
  }

  #maybePassThrough(memory: HostMemory): void {
    if (this.#autoAfter > 0 && memory.rejected >= this.#autoAfter) memory.passThroughUntil = this.#now() + limits.autoPassThroughMs;
  }

  /** @param host a name, or `*.example.com` for all names below it. */
  setPassThrough(host: string, on: boolean): void {
    const name = host.trim().toLowerCase();
    if (on) this.#passThrough.add(name);
    else {
      this.#passThrough.delete(name);
      for (const device of this.#devices.values()) {
        const memory = device.hosts.get(name);
        if (memory !== undefined) memory.passThroughUntil = 0;
      }
    }
  }

  /** The list, in order of names. */
  passedThrough(): readonly string[] {
    return [...this.#passThrough].sort();
  }

  /** The cause under which this host is passed through for this phone; null where it is not. */
  passThrough(address: string, host: string, port: number): Cause | null {
    if (this.#isListed(host)) return causeOf('OVR_PASSED_THROUGH', { host, port });
    const until = this.#devices.get(address)?.hosts.get(host)?.passThroughUntil ?? 0;
    return until > this.#now() ? causeOf('OVR_PASSED_THROUGH_AUTO', { host, port }) : null;
  }

  #isListed(host: string): boolean {
    const name = host.toLowerCase();
    if (this.#passThrough.has(name)) return true;
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      if (this.#passThrough.has(`*${name.slice(dot)}`)) return true;
    return false;
  }

  /** One phone. */
  state(address: string): DeviceState {
    return this.#state(address, this.#device(address));
  }

  all(): readonly DeviceState[] {
    return [...this.#devices].map(([address, device]) => this.#state(address, device));
  }

  #state(address: string, device: DeviceMemory): DeviceState {
    const now = this.#now();
    return {
      address,
      label: device.label,
      known: device.known,
      firstSeenAt: device.firstSeenAt,
      lastSeenAt: device.lastSeenAt,
      lights: { reached: device.reached, proxySet: device.proxySet, downloaded: device.downloaded, trusted: device.trusted },
      openConnections: device.openConnections,
      connections: device.connections,
      hosts: [...device.hosts].map(([host, memory]) => ({
        host,
        accepted: memory.accepted,
        rejected: memory.rejected,
        protocolErrors: memory.protocolErrors,
        trust: memory.trust,
        lastAlert: memory.lastAlert,
        passThrough: this.#isListed(host) || memory.passThroughUntil > now,
      })),
    };
  }
}
