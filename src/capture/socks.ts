/**
 * SOCKS5 (RFC 1928, RFC 1929): CONNECT by domain, IPv4 and IPv6. Per-app VPN tools on a phone speak it, so one app can be routed
 * alone; its user name is a label for device or app. Answers only after the origin is connected, because raw protocols have no
 * other way to learn of a failure.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { HostPort } from './address-policy.js';
import { readAuthority } from './authority.js';
import type { Credentials } from './credentials.js';

export const SOCKS = {
  version: 5,
  noMethod: 0xff,
  succeeded: 0,
  failed: 1,
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  refused: 5,
  commandNotSupported: 7,
  addressNotSupported: 8,
} as const;

export interface SocksRequest {
  readonly target: HostPort;
  readonly credentials: Credentials | null;
  /** Bytes behind the request: clients that do not wait for the answer. */
  readonly early: Buffer;
  /** Answers with a reply code; after anything but success the connection ends. */
  readonly reply: (code: number) => void;
}

/** A request that nobody here carries. */
export interface SocksRefusal {
  /** Where it names none that can be read, as far as it can be told. */
  readonly target: HostPort;
  readonly credentials: Credentials | null;
  /** The command; null: it is CONNECT, and the target is malformed. */
  readonly command: string | null;
}

export interface SocksOptions {
  /** True: a user name and password are demanded. */
  readonly demandsCredentials: boolean;
  readonly admits: (credentials: Credentials | null) => boolean;
  readonly onRequest: (request: SocksRequest) => void;
  /** Told of what was refused without being asked further; it has been answered. */
  readonly onRefused: (refusal: SocksRefusal) => void;
  /** Told of a client that gave no credentials, or wrong ones; it has not said where it wanted to go. */
  readonly onUnadmitted?: () => void;
}

/** One step: how many bytes it used, or null for "more bytes". */
type Step = (bytes: Buffer) => number | null;

/** RFC 1928 section 4. */
const COMMANDS: Readonly<Record<number, string>> = { 2: 'BIND', 3: 'UDP ASSOCIATE' };

/** For the record alone, where it is no name and port. */
function asWritten(bytes: Buffer): HostPort {
  const size = bytes[4] ?? 0;
  if (bytes[3] === 3 && bytes.length >= 7 + size)
    return { host: bytes.toString('latin1', 5, 5 + size), port: bytes.readUInt16BE(5 + size) };
  return { host: `SOCKS address type ${bytes[3] ?? 0}`, port: 0 };
}

function readTarget(bytes: Buffer): { readonly target: HostPort | null; readonly length: number } | null {
  const kind = bytes[3];
  if (kind === 1) {
    if (bytes.length < 10) return null;
    return { target: { host: bytes.subarray(4, 8).join('.'), port: bytes.readUInt16BE(8) }, length: 10 };
  }
  if (kind === 4) {
    if (bytes.length < 22) return null;
    const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(4 + 2 * index).toString(16));
    return { target: readAuthority(`[${groups.join(':')}]:${bytes.readUInt16BE(20)}`, null), length: 22 };
  }
  const size = bytes[4] ?? 0;
  if (bytes.length < 5 || bytes.length < 7 + size) return null;
  return { target: readAuthority(`${bytes.toString('latin1', 5, 5 + size)}:${bytes.readUInt16BE(5 + size)}`, null), length: 7 + size };
}

/** @param phone unread, its first byte is 0x05. */
export function serveSocks(phone: Socket, options: SocksOptions): void {
  let held: Buffer = Buffer.alloc(0);
  let credentials: Credentials | null = null;
  let step: Step | null = null;
  const timer = setTimeout(() => phone.destroy(), limits.headMs);
  const stop = (): void => {
    clearTimeout(timer);
    step = null;
    phone.pause();
    phone.off('data', onData);
    phone.off('close', stop);
    phone.off('end', onEnd);
  };
  const refuse = (bytes: readonly number[]): null => {
    stop();
    phone.end(Buffer.from(bytes));
    phone.resume();
    return null;
  };
  const reply = (code: number): void => {
    // The bound address is of no use to a CONNECT client; RFC 1928 section 6 wants the field all the same.
    const bytes = Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    if (code === SOCKS.succeeded) phone.write(bytes);
    else {
      phone.end(bytes);
      phone.resume();
    }
  };
  const readRequest: Step = (bytes) => {
    if (bytes.length < 5) return null;
    const decline = (code: number, target: HostPort, command: string | null): null => {
      options.onRefused({ target, credentials, command });
      return refuse([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
    };
    if (bytes[0] !== 5 || ![1, 3, 4].includes(bytes[3] ?? 0)) return decline(SOCKS.addressNotSupported, asWritten(bytes), null);
    const found = readTarget(bytes);
    if (found === null) return null;
    const { target, length } = found;
    if (bytes[1] !== 1) {
      const command = COMMANDS[bytes[1] ?? 0] ?? `command ${bytes[1] ?? 0}`;
      return decline(SOCKS.commandNotSupported, target ?? asWritten(bytes), command);
    }
    if (target === null) return decline(SOCKS.failed, asWritten(bytes), null);
    stop();
    options.onRequest({ target, credentials, early: bytes.subarray(length), reply });
    return null;
  };
  const readCredentials: Step = (bytes) => {
    const nameSize = bytes[1] ?? 0;
    const passwordSize = bytes[2 + nameSize] ?? 0;
    const length = 3 + nameSize + passwordSize;
    if (bytes.length < 3 + nameSize || bytes.length < length) return null;
    credentials = { user: bytes.toString('utf8', 2, 2 + nameSize), password: bytes.toString('utf8', 3 + nameSize, length) };
    const admitted = options.admits(credentials);
    if (!admitted) options.onUnadmitted?.();
    if (bytes[0] !== 1 || !admitted) return refuse([1, 1]);
    phone.write(Buffer.from([1, 0]));
    step = readRequest;
    return length;
  };
  const readMethods: Step = (bytes) => {
    const count = bytes[1] ?? 0;
    if (bytes.length < 2 || bytes.length < 2 + count) return null;
    const methods = bytes.subarray(2, 2 + count);
    // A client that offers a user name wants to say it: it is the label, even where no password is demanded.
    const method = methods.includes(2) ? 2 : methods.includes(0) && !options.demandsCredentials ? 0 : SOCKS.noMethod;
    if (method === SOCKS.noMethod) {
      if (options.demandsCredentials) options.onUnadmitted?.();
      return refuse([5, SOCKS.noMethod]);
    }
    phone.write(Buffer.from([5, method]));
    step = method === 2 ? readCredentials : readRequest;
    return 2 + count;
  };
  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (step !== null) {
      const used = step(held);
      if (used === null) return;
      held = held.subarray(used);
    }
  };
  const onEnd = (): void => {
    stop();
    phone.destroy();
  };
  step = readMethods;
  phone.on('data', onData);
  phone.on('end', onEnd);
  phone.on('close', stop);
  phone.resume();
}
