/**
 * One port for everything a phone may speak to a proxy; the first byte decides. Fences: only peers the policy allows, bounded
 * numbers of connections, and a timer on whoever says nothing.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.js';
import type { Peer } from '../model/exchange.js';
import { type AddressPolicy, plainAddress } from './address-policy.js';
import type { Devices } from './devices.js';
import type { ConnectionBounds } from './open-files.js';
import { type Aim, turnAway, UNTOLD } from './turned-away.js';

export interface GateOptions {
  readonly policy: AddressPolicy;
  readonly devices: Devices;
  readonly bounds: ConnectionBounds;
  readonly onConnectMethod: (socket: Socket) => void;
  readonly onPlain: (socket: Socket) => void;
  readonly onSocks: (socket: Socket) => void;
  readonly onTls: (socket: Socket) => void;
  /** Told of every connection that is let in: the phone's own table knows it only while it is open. */
  readonly onPeer?: (peer: Peer) => void;
  /** Told once of each of the first `limits.refusedPeers` addresses that may not use the proxy: it may be the tester's own phone. */
  readonly onRefused?: (address: string) => void;
  /** Told once of each address of which connections are turned away because too many are open: what its apps wanted to send is missing. */
  readonly onCrowded?: (address: string) => void;
  /** Told of every connection that is turned away for that reason, and whom it was meant for. */
  readonly onTurnedAway?: (socket: Socket, aim: Aim) => void;
}

const CONNECT = 'CONNECT ';

/** The address of the other end as it is written in the record: IPv4 out of its mapped form. */
export function peerAddress(socket: Socket): string {
  const text = socket.remoteAddress ?? '';
  return plainAddress(text)?.address ?? text;
}

/** Who is at the other end. */
export function peerOf(socket: Socket): Peer {
  return { address: peerAddress(socket), port: socket.remotePort ?? 0 };
}

/** @param told addresses of which it was said before: they and further ones than `limits.refusedPeers` are not said again. */
function tellOnce(told: Set<string>, address: string, tell?: (address: string) => void): void {
  if (told.has(address) || told.size >= limits.refusedPeers) return;
  told.add(address);
  tell?.(address);
}

export class Gate {
  readonly #options: GateOptions;
  readonly #open = new Set<Socket>();
  readonly #refused = new Set<string>();
  readonly #crowded = new Set<string>();
  readonly #leaving = new Set<Socket>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get openConnections(): number {
    return this.#open.size;
  }

  /** Takes every accepted socket. */
  admit(socket: Socket): void {
    const { policy, devices } = this.#options;
    socket.on('error', () => socket.destroy());
    const address = peerAddress(socket);
    // A peer that is gone already has no address. The open Internet gets no answer at all: an answer would only help a scanner.
    if (address === '' || !policy.allowsPeer(address)) {
      socket.destroy();
      if (address !== '') tellOnce(this.#refused, address, this.#options.onRefused);
      return;
    }
    const { total, perClient } = this.#options.bounds;
    if (this.#open.size >= total || devices.openConnections(address) >= perClient) {
      tellOnce(this.#crowded, address, this.#options.onCrowded);
      this.#turnAway(socket);
      return;
    }
    this.#open.add(socket);
    devices.opened(address);
    this.#options.onPeer?.(peerOf(socket));
    socket.once('close', () => {
      this.#open.delete(socket);
      devices.closed(address);
    });
    this.#firstByte(socket);
  }

  #turnAway(socket: Socket): void {
    const { bounds, onTurnedAway } = this.#options;
    if (this.#leaving.size >= limits.turnedAway) {
      onTurnedAway?.(socket, UNTOLD);
      socket.destroy();
      return;
    }
    this.#leaving.add(socket);
    socket.once('close', () => this.#leaving.delete(socket));
    turnAway(socket, bounds, (aim) => {
      if (aim !== null) onTurnedAway?.(socket, aim);
    });
  }

  #firstByte(socket: Socket): void {
    let held: Buffer = Buffer.alloc(0);
    const timer = setTimeout(() => socket.destroy(), limits.keepAliveMs);
    const leave = (): void => {
      clearTimeout(timer);
      socket.destroy();
    };
    const decide = (take: (socket: Socket) => void): void => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', onData);
      socket.off('end', leave);
      socket.off('close', leave);
      socket.unshift(held);
      take(socket);
    };
    const onData = (chunk: Buffer): void => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (held[0] === 0x05) decide(this.#options.onSocks);
      else if (held[0] === 0x16) decide(this.#options.onTls);
      else {
        const text = held.toString('latin1', 0, CONNECT.length);
        if (text === CONNECT) decide(this.#options.onConnectMethod);
        else if (!CONNECT.startsWith(text)) decide(this.#options.onPlain);
      }
    };
    socket.on('data', onData);
    socket.on('end', leave);
    socket.on('close', leave);
  }

  /** Ends every connection. */
  closeAll(): void {
    for (const socket of [...this.#open, ...this.#leaving]) socket.destroy();
  }
}
