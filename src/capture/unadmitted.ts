/**
 * Who was asked for user name and password and never came with them. Clients ask once without and then again with them (RFC 9110 section
 * 11.7), so one refusal is no event. An app that does not know of the phone's proxy password is refused for ever, and what it wanted to
 * send is missing: of a phone that is admitted otherwise that stands in the record, of a stranger only its address is told.
 */
import { limits } from '../limits.js';
import type { Peer } from '../model/exchange.js';
import type { HostPort } from './address-policy.js';

export interface UnadmittedOptions {
  /** Told of each request of a known phone that was refused. */
  readonly onMissing: (peer: Peer, at: HostPort) => void;
  /** Told once of each of the first `limits.refusedPeers` addresses that never gave them. */
  readonly onStranger: (address: string) => void;
}

interface Refused {
  readonly at: HostPort;
  readonly peers: Peer[];
  readonly timer: NodeJS.Timeout;
}

export class Unadmitted {
  readonly #options: UnadmittedOptions;
  readonly #waiting = new Map<string, Refused>();
  readonly #known = new Set<string>();
  readonly #told = new Set<string>();

  constructor(options: UnadmittedOptions) {
    this.#options = options;
  }

  /** A request was refused. */
  refused(peer: Peer, at: HostPort): void {
    const key = keyOf(peer.address, at);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined && waiting.peers.length < limits.deviceHosts) waiting.peers.push(peer);
    else if (waiting === undefined && this.#waiting.size < limits.deviceHosts) {
      this.#waiting.set(key, { at, peers: [peer], timer: setTimeout(() => this.#due(key), limits.credentialsMs).unref() });
    } else this.#conclude(peer, at);
  }

  /** A request to the same place was let through: the refusals before it were the usual question. */
  admitted(address: string, at: HostPort): void {
    if (this.#known.size < limits.devices) this.#known.add(address);
    this.#taken(keyOf(address, at));
  }

  /** Whether anything from this address was let through. */
  knows(address: string): boolean {
    return this.#known.has(address);
  }

  /** Waits for nobody any more: the session in which it was refused ends, and what was not sent by then is missing from it. */
  settle(): void {
    for (const key of [...this.#waiting.keys()]) this.#due(key);
  }

  #taken(key: string): Refused | undefined {
    const waiting = this.#waiting.get(key);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(key);
    return waiting;
  }

  #due(key: string): void {
    const waiting = this.#taken(key);
    for (const peer of waiting?.peers ?? []) if (waiting !== undefined) this.#conclude(peer, waiting.at);
  }

  #conclude(peer: Peer, at: HostPort): void {
    const { onMissing, onStranger } = this.#options;
    if (this.#known.has(peer.address)) onMissing(peer, at);
    else if (!this.#told.has(peer.address) && this.#told.size < limits.refusedPeers) {
      this.#told.add(peer.address);
      onStranger(peer.address);
    }
  }
}

function keyOf(address: string, { host, port }: HostPort): string {
  return `${address} ${host}:${port}`;
}
