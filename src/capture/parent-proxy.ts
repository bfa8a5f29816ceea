/**
 * A proxy above us (company networks): HTTP or SOCKS5. An HTTP parent gets CONNECT for tunnels and plain requests as requests. The destination has been judged by the policy before; the parent
 * is given the name, because inside such a network only the parent may be able to resolve it.
 */
import type { Socket } from 'node:net';
import { UsageError } from '../errors.js';
import { limits } from '../limits.js';
import { type Address, expandIpv6, plainAddress } from './address-policy.js';
import { connectTo, UpstreamError } from './upstream.js';

interface Parent {
  readonly kind: 'http' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string;
}

/** @param url `http://[user:password@]host:port` or `socks5://...`. @throws UsageError `OVR_PARENT_PROXY_URL` */
export function readParentUrl(url: string): Parent {
  const problem = (cause?: unknown): UsageError =>
    new UsageError('OVR_PARENT_PROXY_URL', 'the parent proxy is not http://host:port or socks5://host:port', {
      next: 'Give for example http://proxy.example:3128.',
      cause,
    });
  let parsed: URL;
  let user: string;
  let password: string;
  try {
    parsed = new URL(url);
    // A percent sign that stands for itself is an error of its own here.
    [user, password] = [decodeURIComponent(parsed.username), decodeURIComponent(parsed.password)];
  } catch (cause) {
    throw problem(cause);
  }
  const kind = parsed.protocol === 'http:' ? 'http' : parsed.protocol === 'socks5:' || parsed.protocol === 'socks5h:' ? 'socks5' : null;
  if (kind === null || parsed.hostname === '') throw problem();
  // RFC 1929 section 2: each has one byte for its length.
  if (kind === 'socks5' && [user, password].some((text) => Buffer.byteLength(text) > 255)) throw problem();
  return {
    kind,
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (kind === 'http' ? 80 : 1080) : Number(parsed.port),
    user: user === '' ? null : user,
    password,
  };
}

export class ParentProxy {
  readonly #parent: Parent;
  readonly #addresses: readonly Address[];
  readonly #noProxy: readonly string[];

  /** @param addresses of the parent itself, resolved at start. @param noProxy names (`example.com` covers what is below it) reached directly. */
  constructor(url: string, addresses: readonly Address[], noProxy: readonly string[] = []) {
    this.#parent = readParentUrl(url);
    this.#addresses = addresses;
    this.#noProxy = noProxy.map((name) => name.toLowerCase().replace(/^\*?\./, ''));
  }

  /** Does traffic to this host go by way of the parent? Loopback never does: it would be the parent's own. */
  covers(host: string, addresses: readonly Address[]): boolean {
    if (addresses.some((address) => address.address === '::1' || address.address.startsWith('127.'))) return false;
    const name = host.toLowerCase();
    return !this.#noProxy.some((entry) => entry === '*' || name === entry || name.endsWith(`.${entry}`));
  }

  /** Whether it takes `http://` requests as they are. */
  get takesRequests(): boolean {
    return this.#parent.kind === 'http';
  }

  /** Value of Proxy-Authorization; null: no credentials. */
  get authorization(): string | null {
    const { user, password } = this.#parent;
    return user === null ? null : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** A connection to the parent itself. @throws UpstreamError `OVR_PARENT_PROXY` */
  async reach(): Promise<Socket> {
    try {
      return await connectTo(this.#parent.host, this.#parent.port, this.#addresses);
    } catch (cause) {
      throw new UpstreamError('OVR_PARENT_PROXY', cause instanceof UpstreamError ? cause.detail : '', cause);
    }
  }

  /** A tunnel to the destination. @throws UpstreamError `OVR_PARENT_PROXY` */
  async connect(host: string, port: number): Promise<Socket> {
    const socket = await this.reach();
    const reader = new ReplyReader(socket);
    try {
      if (this.#parent.kind === 'http') await this.#askHttp(socket, reader, host, port);
      else await this.#askSocks(socket, reader, host, port);
      reader.release();
      return socket;
    } catch (cause) {
      socket.destroy();
      throw cause instanceof UpstreamError ? cause : new UpstreamError('OVR_PARENT_PROXY', '', cause);
    }
  }

  async #askHttp(socket: Socket, reader: ReplyReader, host: string, port: number): Promise<void> {
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const { authorization } = this;
    const credentials = authorization === null ? '' : `Proxy-Authorization: ${authorization}\r\n`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentials}\r\n`);
    const head = (await reader.until('\r\n\r\n')).toString('latin1');
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    if (status === undefined || !status.startsWith('2')) throw new UpstreamError('OVR_PARENT_PROXY', `HTTP ${status ?? '?'}`);
  }

  async #askSocks(socket: Socket, reader: ReplyReader, host: string, port: number): Promise<void> {
    const { user, password } = this.#parent;
    socket.write(Buffer.from(user === null ? [5, 1, 0] : [5, 2, 0, 2]));
    const method = (await reader.exactly(2))[1];
    if (method === 2 && user !== null) {
      const name = Buffer.from(user);
      const secret = Buffer.from(password);
      socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
      if ((await reader.exactly(2))[1] !== 0) throw new UpstreamError('OVR_PARENT_PROXY', 'SOCKS5 credentials');
    } else if (method !== 0) throw new UpstreamError('OVR_PARENT_PROXY', 'SOCKS5 method');
    socket.write(Buffer.concat([Buffer.from([5, 1, 0]), socksTarget(host), Buffer.from([port >> 8, port & 0xff])]));
    const reply = await reader.exactly(5);
    if (reply[1] !== 0) throw new UpstreamError('OVR_PARENT_PROXY', `SOCKS5 reply ${reply[1]}`);
    // Bound address: one byte of it is already read.
    const rest = reply[3] === 1 ? 5 : reply[3] === 4 ? 17 : (reply[4] ?? 0) + 2;
    await reader.exactly(rest);
  }
}

/** RFC 1928 section 5: an address as an address, because not every proxy takes one for a name. */
function socksTarget(host: string): Buffer {
  const plain = plainAddress(host);
  if (plain?.family === 4) return Buffer.from([1, ...plain.address.split('.').map(Number)]);
  if (plain?.family === 6) return Buffer.from([4, ...expandIpv6(plain.address).flatMap((group) => [group >> 8, group & 0xff])]);
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

/** Reads an answer of known shape and leaves what follows it in the socket. */
class ReplyReader {
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  #held = Buffer.alloc(0);
  #check: () => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  #broken: Error | null = null;
  readonly #onData: (chunk: Buffer) => void;
  readonly #onEnd: () => void;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#onData = (chunk) => {
      this.#held = Buffer.concat([this.#held, chunk]);
      if (this.#held.length > limits.httpHead) this.#break('answer too long');
      else this.#check();
    };
    this.#onEnd = () => this.#break('closed');
    this.#timer = setTimeout(() => this.#break('timeout'), limits.connectMs);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('close', this.#onEnd);
  }

  #break(detail: string): void {
    this.#broken = new UpstreamError('OVR_PARENT_PROXY', detail);
    clearTimeout(this.#timer);
    this.#fail(this.#broken);
  }

  #wait(length: () => number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#check = () => {
        const size = length();
        if (size < 0 || this.#held.length < size) return;
        const taken = this.#held.subarray(0, size);
        this.#held = this.#held.subarray(size);
        this.#check = () => undefined;
        resolve(taken);
      };
      if (this.#broken !== null) reject(this.#broken);
      else this.#check();
    });
  }

  exactly(length: number): Promise<Buffer> {
    return this.#wait(() => length);
  }

  until(mark: string): Promise<Buffer> {
    return this.#wait(() => {
      const at = this.#held.indexOf(mark);
      return at < 0 ? -1 : at + mark.length;
    });
  }

  /** Stops reading; bytes behind the answer stay first in the socket. */
  release(): void {
    clearTimeout(this.#timer);
    this.#socket.pause();
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#onEnd);
    this.#socket.off('close', this.#onEnd);
    if (this.#held.length > 0) this.#socket.unshift(this.#held);
  }
}
