/**
 * Which app opened a connection: the phone's own table of sockets says the user id, and on Android every app has its own.
 * DANGER: what a phone prints is hostile (a package name is chosen by its author), and `adb shell` hands its words to a shell on the
 * phone. Fences: only the fixed command lines below are sent, the serial goes through as one argument and must look like one,
 * every answer is bounded and parsed strictly, and what does not parse is left out rather than guessed.
 */
import { execFile } from 'node:child_process';
import { CaptureError } from '../../errors.js';
import { limits } from '../../limits.js';
import type { Peer, PhoneApp } from '../../model/exchange.js';
import { expandIpv6, plainAddress } from '../address-policy.js';

/** Runs `adb` with these arguments. @returns its standard output. @throws CaptureError `OVR_ADB` */
export type AdbRun = (args: readonly string[]) => Promise<string>;

export interface AdbPhone {
  readonly serial: string;
  /** `device` is usable; `unauthorized`, `offline` and others are not. */
  readonly state: string;
  readonly model: string | null;
}

/** One row of /proc/net/tcp or tcp6. */
export interface PhoneSocket {
  /** As {@link plainAddress} writes it. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly uid: number;
}

/** Process.FIRST_APPLICATION_UID and UserHandle.PER_USER_RANGE of Android. */
const FIRST_APP_ID = 10_000;
const PER_USER = 100_000;
/** Process.FIRST_SDK_SANDBOX_UID: SDKs that run beside an app get its id plus 10,000; what they send is the app's. */
const FIRST_SANDBOX_ID = 20_000;
const LAST_SANDBOX_ID = 29_999;
/** TCP_TIME_WAIT of the kernel (include/net/tcp_states.h). */
const TIME_WAIT = '06';

/** The `adb` of this machine. A phone that hangs must not hang the audit. */
export function adbProgram(path = 'adb'): AdbRun {
  return (args) =>
    new Promise((resolve, reject) => {
      execFile(path, [...args], { timeout: limits.adbMs, maxBuffer: limits.adbOutput, encoding: 'utf8' }, (cause, stdout) => {
        if (cause === null) resolve(stdout);
        else if (cause.code === 'ENOENT')
          reject(
            new CaptureError('OVR_ADB_MISSING', 'adb is not installed', {
              next: 'Install the Android platform tools, or go without: apps are then told by their requests only.',
              cause,
            }),
          );
        else
          reject(
            new CaptureError('OVR_ADB', `adb ${args.slice(0, 4).join(' ')} failed`, {
              next: 'Run "adb devices": unplug and plug the phone, and allow USB debugging on its screen.',
              cause,
            }),
          );
      });
    });
}

/** Phones that adb knows, from `adb devices -l`. */
export async function connectedPhones(run: AdbRun): Promise<AdbPhone[]> {
  const lines = (await run(['devices', '-l'])).split(/\r?\n/);
  return lines.flatMap((line) => {
    const match = /^([A-Za-z0-9._:-]{1,128})\s+(device|unauthorized|offline|recovery|sideload|bootloader|no permissions)\b(.*)$/.exec(line);
    if (match === null) return [];
    const [, serial = '', state = '', rest = ''] = match;
    return [{ serial, state, model: /\bmodel:([\w.-]{1,64})/.exec(rest)?.[1] ?? null }];
  });
}

/** The kernel prints each 32-bit word of an address as a number of its own byte order, which on every phone is little-endian. */
function kernelAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, 'hex')].reverse());
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  return sameForm(groups.join(':'));
}

/** One spelling for each address: IPv4 out of its IPv6 forms, IPv6 in all its groups. */
function sameForm(address: string): string {
  const plain = plainAddress(address);
  if (plain === null) return address;
  return plain.family === 4 ? plain.address : expandIpv6(plain.address).join(':');
}

/**
 * Rows of /proc/net/tcp and tcp6 together: `sl local rem st queues timer retransmits uid timeout inode ...`, numbers in hex but the
 * last three. A connection that its app has closed belongs to nobody any more: the kernel prints user 0 for it, which is not root's.
 */
export function parseSockets(text: string): PhoneSocket[] {
  const sockets: PhoneSocket[] = [];
  for (const line of text.split('\n')) {
    const match =
      /^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+(?:[0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+([0-9A-F]{2})\s+\S+\s+\S+\s+\S+\s+(\d{1,10})\s+\d+\s+(\d+)/i.exec(
        line,
      );
    if (match === null) continue;
    const [, address = '', local = '', remote = '', state = '', uid = '', inode = ''] = match;
    if (state === TIME_WAIT || inode === '0') continue;
    if (sockets.length >= limits.adbSockets)
      throw new CaptureError('OVR_ADB_LIMIT', `the phone lists more than ${limits.adbSockets} sockets (adbSockets)`, {
        next: 'Restart the phone; so many open connections are a fault of their own.',
      });
    sockets.push({
      localAddress: kernelAddress(address),
      localPort: Number.parseInt(local, 16),
      remotePort: Number.parseInt(remote, 16),
      uid: Number(uid),
    });
  }
  return sockets;
}

/** `pm list packages -U`: app id (the user id without the profile's part) to package names. */
export function parsePackages(text: string): Map<number, string[]> {
  const packages = new Map<number, string[]>();
  for (const line of text.split('\n')) {
    const match = /^package:([A-Za-z][\w]*(?:\.[A-Za-z_][\w]*)*) uid:(\d{1,10}(?:,\d{1,10})*)\s*$/.exec(line);
    const name = match?.[1];
    if (name === undefined || name.length > 255) continue;
    for (const appId of new Set((match?.[2] ?? '').split(',').map((uid) => Number(uid) % PER_USER)))
      packages.set(appId, [...(packages.get(appId) ?? []), name]);
  }
  return packages;
}

function keyOf({ address, port }: Peer): string {
  return `${address} ${port}`;
}

/**
 * The apps of one connected phone, by the port its connection to the proxy comes from. Ask while the connection is open: the table
 * lists nothing that is over. Questions that come together are answered by one look at the phone, begun after they were asked, so
 * that a port which was used again is never answered from an older table.
 */
export class PhoneApps {
  readonly #run: AdbRun;
  readonly #serial: string;
  readonly #proxyPort: number;
  /** By the phone's end; a port that is used again replaces what was asked of it before. */
  readonly #asked = new Map<string, Promise<PhoneApp | null>>();
  #packages: Map<number, string[]> | null = null;
  #looking: Promise<PhoneSocket[]> | null = null;
  #next: Promise<PhoneSocket[]> | null = null;

  /** @param proxyPort the port of this proxy that the phone connects to. */
  constructor(run: AdbRun, serial: string, proxyPort: number) {
    this.#run = run;
    this.#serial = serial;
    this.#proxyPort = proxyPort;
  }

  /** A connection opens: the phone is asked at once, because a short one is gone from its table before anything of it is read. */
  opened(peer: Peer): void {
    const asked = this.#find(peer);
    // Whoever asks for it meets the failure.
    asked.catch(() => undefined);
    this.#asked.set(keyOf(peer), asked);
    for (const oldest of this.#asked.keys()) {
      if (this.#asked.size <= limits.connectionsTotal) break;
      this.#asked.delete(oldest);
    }
  }

  /**
   * @param peer the phone's end of a connection, as the proxy sees it. Where a network or `adb reverse` rewrites it, it is not found.
   * @returns null where the table does not name it, or names several users for it.
   * @throws CaptureError `OVR_ADB...`
   */
  appAt(peer: Peer): Promise<PhoneApp | null> {
    return this.#asked.get(keyOf(peer)) ?? this.#find(peer);
  }

  async #find(peer: Peer): Promise<PhoneApp | null> {
    const address = sameForm(peer.address);
    // With the address, so that another phone that happens to use the same port is not taken for this one.
    const rows = (await this.#look()).filter(
      (row) => row.localPort === peer.port && row.localAddress === address && row.remotePort === this.#proxyPort,
    );
    const uids = new Set(rows.map((row) => row.uid));
    const [uid] = uids;
    if (uid === undefined || uids.size > 1) return null;
    const own = uid % PER_USER;
    const appId = own >= FIRST_SANDBOX_ID && own <= LAST_SANDBOX_ID ? own - FIRST_APP_ID : own;
    // An app installed during the audit is not in the list that was read before.
    if (this.#packages === null || (appId >= FIRST_APP_ID && !this.#packages.has(appId))) this.#packages = await this.#listPackages();
    return { uid, packages: this.#packages.get(appId) ?? [], system: appId < FIRST_APP_ID };
  }

  /** Is a package of that name installed? @throws CaptureError `OVR_ADB...` */
  async has(name: string): Promise<boolean> {
    this.#packages ??= await this.#listPackages();
    return [...this.#packages.values()].some((names) => names.includes(name));
  }

  async #listPackages(): Promise<Map<number, string[]>> {
    return parsePackages(await this.#shell('pm', 'list', 'packages', '-U'));
  }

  #look(): Promise<PhoneSocket[]> {
    if (this.#looking === null) return this.#begin();
    this.#next ??= this.#looking
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.#begin();
      });
    return this.#next;
  }

  #begin(): Promise<PhoneSocket[]> {
    const looking = this.#shell('cat', '/proc/net/tcp', '/proc/net/tcp6').then(parseSockets);
    this.#looking = looking;
    const done = (): void => {
      if (this.#looking === looking) this.#looking = null;
    };
    looking.then(done, done);
    return looking;
  }

  #shell(...words: readonly string[]): Promise<string> {
    return this.#run(['-s', this.#serial, 'shell', ...words]);
  }
}
