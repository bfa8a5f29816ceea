/**
 * The capture room: a phone's connections come in, bytes go on to where they were meant for, and a copy goes to the tap.
 * This file only composes; each fence stands at the top of the file that keeps it.
 */

import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import type { SecureContext } from 'node:tls';
import { UsageError } from '../errors.js';
import { limits } from '../limits.js';
import type { Peer } from '../model/exchange.js';
import type { TapEvent } from '../model/tap.js';
import { type Address, AddressPolicy, ANYBODY, type HostPort } from './address-policy.js';
import { type CertificateAuthority, openAuthority } from './certificate-authority.js';
import { type Credentials, readBasic } from './credentials.js';
import { type DeviceState, Devices } from './devices.js';
import { Dialler } from './dialler.js';
import { startFront } from './front.js';
import { Gate, peerAddress, peerOf } from './gate.js';
import { LeafCertificates } from './leaf-certificates.js';
import { LocalTls } from './local-tls.js';
import { OnboardingSite } from './onboarding/site.js';
import { type ConnectionBounds, connectionBounds, openFilesAllowed } from './open-files.js';
import { ParentProxy, readParentUrl } from './parent-proxy.js';
import { PlainConnection } from './plain-http.js';
import { Relay } from './relay.js';
import { Tap } from './tap.js';
import { upstreamTrust } from './trust-store.js';
import { Tunnels } from './tunnels.js';
import { crowdedCause } from './turned-away.js';
import { Unadmitted } from './unadmitted.js';
import { Upstream } from './upstream.js';

export type { Address, HostPort } from './address-policy.js';
export type { CaExport, CertificateAuthority, ExportedCa } from './certificate-authority.js';
export type { DeviceState, HostState, Lights } from './devices.js';
export type { ConnectionBounds } from './open-files.js';

/** The name under which a phone whose proxy is set reaches the onboarding page. Reserved by RFC 6761, so it can be nobody's. */
export const MAGIC_HOST = 'overreach.test';

export interface CaptureOptions {
  readonly listen: HostPort;
  readonly dataDir: string;
  /** Lets the proxy reach loopback (tests, emulators). Our own listeners stay out of reach. */
  readonly allowLoopback?: boolean;
  /** Addresses and networks (`192.168.1.0/24`) that may use the proxy beside this machine; `any`: everyone, which wants credentials. Absent: private networks. */
  readonly allowedPeers?: readonly string[];
  /** Other listeners of this program, for example the page: never reachable through the proxy. */
  readonly ownAddresses?: () => readonly HostPort[];
  /** PEM of further roots for server certificates. */
  readonly upstreamCa?: string;
  /** Hosts (`name` or `*.name`) whose TLS is not ended. */
  readonly passThrough?: readonly string[];
  /** Hosts whose certificate is not verified. */
  readonly insecureHosts?: readonly string[];
  readonly magicHost?: string;
  /** Bytes belong to a socket: copy them before returning, or hold them and leave them as they are. */
  readonly onTap: (event: TapEvent) => void;
  /** Told of every connection of a phone as it opens. */
  readonly onPeer?: (peer: Peer) => void;
  /** Told of addresses that asked for the proxy and may not use it, each once and not endlessly many. */
  readonly onRefused?: (address: string) => void;
  /** Told of addresses that have more connections open than they get, each once. */
  readonly onCrowded?: (address: string, bounds: ConnectionBounds) => void;
  /** Told of addresses that were asked for user name and password and never came with them, each once and not endlessly many. */
  readonly onUnadmitted?: (address: string) => void;
  /** Files that the process may have open; absent: as the operating system says. */
  readonly openFiles?: number | null;
  /** Bytes queued at the consumer of the tap. */
  readonly tapPressure?: () => number;
  /** The system's clock, by which certificates are made. */
  readonly now?: () => number;
  /** By which tapped events are stamped and phones are seen, and never back; absent: as `now`. */
  readonly recordNow?: () => number;
  /** Instead of the system's resolver, like a hosts file; the answers are judged like any other. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  /** `http://` or `socks5://` proxy above this one. */
  readonly parentProxy?: string;
  /** Names reached without the parent; `example.com` covers what is below it. */
  readonly noProxy?: readonly string[];
  /** Demanded from every phone. */
  readonly credentials?: Credentials;
  /** Pass a host through for a while after that many rejections; 0 or absent: never. */
  readonly autoPassThroughAfter?: number;
}

export interface Capture {
  readonly address: HostPort;
  /** Path of the authority's certificate (PEM). */
  readonly caPath: string;
  readonly authority: CertificateAuthority;
  /** How many connections there may be at once. */
  readonly bounds: ConnectionBounds;
  devices(): readonly DeviceState[];
  setPassThrough(host: string, on: boolean): void;
  /** Hosts on the list of those passed through, in order of their names. */
  passedThrough(): readonly string[];
  /** Has the tap say all that it counted so far: a session ends. */
  settle(): void;
  close(): Promise<void>;
}

async function openParent(options: CaptureOptions): Promise<ParentProxy | null> {
  if (options.parentProxy === undefined) return null;
  const { host, port } = readParentUrl(options.parentProxy);
  // The user chose the parent, so loopback (a tool on the same machine) is fine here.
  const policy = new AddressPolicy({ allowLoopback: true, own: () => [options.listen] });
  return new ParentProxy(options.parentProxy, await policy.destination(host, port), options.noProxy);
}

/**
 * Starts listening.
 * @throws CertificateError, CaptureError `OVR_LISTEN`, UsageError
 */
export async function startCapture(options: CaptureOptions): Promise<Capture> {
  const now = options.now ?? Date.now;
  const recordNow = options.recordNow ?? now;
  const magicHost = (options.magicHost ?? MAGIC_HOST).toLowerCase();
  if (!Number.isInteger(options.listen.port) || options.listen.port < 0 || options.listen.port > 65_535)
    throw new UsageError('OVR_LISTEN', `${options.listen.port} is no port`, { next: 'Give a port from 0 (any free one) to 65535.' });
  if (options.allowedPeers?.includes(ANYBODY) === true && options.credentials === undefined)
    throw new UsageError('OVR_OPEN_PROXY', 'a proxy that everyone may use without a password is an open proxy', {
      next: 'Add --credentials-file, or name the addresses that may use it with --allow-peer.',
    });
  const authority = await openAuthority(options.dataDir, now);
  const leaves = new LeafCertificates(authority, now);
  const devices = new Devices(recordNow, options.passThrough ?? [], options.autoPassThroughAfter ?? 0);
  const tap = new Tap({ onTap: options.onTap, pressure: options.tapPressure ?? (() => 0), now: recordNow });
  const upstream = new Upstream({
    trust: upstreamTrust(options.upstreamCa ?? null),
    insecureHosts: options.insecureHosts ?? [],
    parent: await openParent(options),
  });

  let bound: HostPort = options.listen;
  const policy = new AddressPolicy({
    allowLoopback: options.allowLoopback ?? false,
    ...(options.allowedPeers === undefined ? {} : { allowedPeers: options.allowedPeers }),
    own: () => [bound, ...(options.ownAddresses?.() ?? [])],
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  let count = 0;
  // The start time keeps ids of two runs apart in one database.
  const run = now().toString(36);
  const nextId = (): string => `${run}-${(count++).toString(36)}`;
  const context = (names: readonly string[]): SecureContext => leaves.context(names);
  const relay = new Relay({ tap, devices, upstream, context, nextId });
  const dialler = new Dialler(policy, upstream);
  const site = new OnboardingSite({ authority, devices, magicHost, now: recordNow });
  const onboard = (phone: Socket, proxied: boolean): void => site.serve(phone, peerAddress(phone), proxied);
  const localTls = new LocalTls({ devices, context, serve: (phone, address, proxied) => site.serve(phone, address, proxied), magicHost });

  const isOnboarding = ({ host, port }: HostPort): boolean =>
    host === magicHost ||
    host.endsWith(`.${magicHost}`) ||
    (port === bound.port && (host === hostname().toLowerCase() || policy.isLocal(host) || host === bound.host));
  const unadmitted = new Unadmitted({
    onMissing: (peer, at) => relay.recordUnadmitted({ client: { ...peer, user: null }, ...at }),
    onStranger: (address) => options.onUnadmitted?.(address),
  });
  const tunnels = new Tunnels({
    relay,
    devices,
    unadmitted,
    dialler,
    credentials: options.credentials ?? null,
    isOnboarding,
    onboard: (phone, host) => localTls.acceptEither(phone, host, (plain) => onboard(plain, true)),
  });

  const heads = new WeakMap<Socket, NodeJS.Timeout>();
  const parseConnect = (socket: Socket): void => {
    const timer = setTimeout(() => socket.destroy(), limits.headMs);
    heads.set(socket, timer);
    socket.once('close', () => clearTimeout(timer));
    front.parseConnect(socket);
  };
  const bounds = connectionBounds(options.openFiles === undefined ? openFilesAllowed() : options.openFiles);
  const { onCrowded } = options;
  const gate = new Gate({
    policy,
    devices,
    bounds,
    ...(options.onPeer === undefined ? {} : { onPeer: options.onPeer }),
    ...(options.onRefused === undefined ? {} : { onRefused: options.onRefused }),
    ...(onCrowded === undefined ? {} : { onCrowded: (address) => onCrowded(address, bounds) }),
    onTurnedAway(socket, { at, credentials }) {
      const peer = peerOf(socket);
      // A phone that may use the proxy asks first without its password: there was no room for the question, and it will not come again.
      const client = tunnels.client(socket, credentials) ?? (unadmitted.knows(peer.address) ? { ...peer, user: null } : null);
      if (client !== null && !isOnboarding(at)) relay.recordTurnedAway({ client, ...at }, crowdedCause(bounds, at));
    },
    onConnectMethod: parseConnect,
    onSocks: (socket) => tunnels.socks(socket),
    onTls: (socket) => localTls.accept(socket, null, false),
    onPlain: (socket) =>
      new PlainConnection(socket, {
        tap,
        nextId,
        dialler,
        isOnboarding,
        onboard,
        tunnel: parseConnect,
        admit: (authorization, at) => {
          const client = tunnels.client(socket, readBasic(authorization));
          if (client !== null) tunnels.proxied(client, at);
          return client;
        },
        onUnadmitted: (at) => unadmitted.refused(peerOf(socket), at),
      }),
  });
  const front = await startFront({
    host: options.listen.host,
    port: options.listen.port,
    onSocket: (socket) => gate.admit(socket),
    onConnect: (request, socket, early) => {
      clearTimeout(heads.get(socket));
      tunnels.connect(request, socket, early);
    },
    onMalformed: (socket, bytes, code) => tunnels.malformed(socket, bytes, code),
  });
  bound = front.address;

  return {
    address: bound,
    caPath: authority.caPath,
    authority,
    bounds,
    devices: () => devices.all(),
    setPassThrough: (host, on) => devices.setPassThrough(host, on),
    passedThrough: () => devices.passedThrough(),
    settle: () => {
      unadmitted.settle();
      tap.settle();
    },
    close: async () => {
      gate.closeAll();
      unadmitted.settle();
      site.close();
      await front.close();
      await tap.close();
    },
  };
}
