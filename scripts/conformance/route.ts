import { connect, isIP, type Socket } from 'node:net';
import { Wire } from './wire.js';

/** How a client gets to an origin. The rows of the table are written against this and cannot tell which one they have. */
export interface Route {
  readonly name: string;
  /** PEM of the root that a client on this route trusts. */
  readonly trust: string;
  /** A connection on which the next byte is for the origin. */
  tunnel(host: string, port: number): Promise<Socket>;
  /** The same by SOCKS5, as RFC 1928 writes an address of this kind. */
  socks(host: string, port: number, user?: string): Promise<Socket>;
  /** A connection for `http://` requests, and what stands before the path in their request line. */
  plain(host: string, port: number): Promise<{ readonly socket: Socket; readonly prefix: string }>;
}

function dial(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where names of the table lead without a proxy: everything is on this machine. */
function address(host: string): string {
  return isIP(host) === 0 ? '127.0.0.1' : host;
}

export function directRoute(trust: string): Route {
  const reach = (host: string, port: number): Promise<Socket> => dial(address(host), port);
  return {
    name: 'direct',
    trust,
    tunnel: reach,
    socks: reach,
    plain: async (host, port) => ({ socket: await reach(host, port), prefix: '' }),
  };
}

/** Takes an answer of this length, or up to this text, and leaves the rest of the stream unread. */
async function take(socket: Socket, wire: Wire, whole: (bytes: Buffer) => number): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (whole(wire.bytes) >= 0) resolve();
      else if (wire.ending !== 'open') reject(new Error(`the proxy closed: ${wire.text}`));
    };
    socket.on('data', look);
    socket.on('close', look);
    look();
  });
  const length = whole(wire.bytes);
  socket.pause();
  for (const event of ['data', 'end', 'close', 'error']) socket.removeAllListeners(event);
  socket.on('error', () => undefined);
  if (wire.bytes.length > length) socket.unshift(wire.bytes.subarray(length));
  return wire.bytes.subarray(0, length);
}

function socksAddress(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  // The table names one IPv6 address only.
  if (host === '::1') return Buffer.from([4, ...new Array<number>(15).fill(0), 1]);
  return Buffer.concat([Buffer.from([3, host.length]), Buffer.from(host)]);
}

export function proxiedRoute(name: string, proxyPort: number, trust: string): Route {
  return {
    name,
    trust,
    async tunnel(host, port) {
      const socket = await dial('127.0.0.1', proxyPort);
      const wire = new Wire(socket);
      wire.send(`CONNECT ${authority(host, port)} HTTP/1.1\r\nHost: ${authority(host, port)}\r\n\r\n`);
      const head = await take(socket, wire, (bytes) => {
        const end = bytes.indexOf('\r\n\r\n');
        return end < 0 ? -1 : end + 4;
      });
      if (!/^HTTP\/1\.1 200 /.test(head.toString('latin1'))) throw new Error(`CONNECT: ${head.toString('latin1').split('\r\n')[0]}`);
      return socket;
    },
    async socks(host, port, user) {
      const socket = await dial('127.0.0.1', proxyPort);
      const least = (length: number) => (bytes: Buffer) => (bytes.length < length ? -1 : length);
      const ask = async (bytes: readonly number[] | Buffer, answer: (bytes: Buffer) => number): Promise<Buffer> => {
        const wire = new Wire(socket);
        wire.send(Buffer.from(bytes));
        return take(socket, wire, answer);
      };
      const chosen = await ask(user === undefined ? [5, 1, 0] : [5, 1, 2], least(2));
      if (chosen[1] === 2 && user !== undefined) await ask([1, user.length, ...Buffer.from(user), 1, 120], least(2));
      const granted = await ask(
        Buffer.concat([Buffer.from([5, 1, 0]), socksAddress(host), Buffer.from([port >> 8, port & 255])]),
        (bytes) => {
          const length = bytes[3] === 4 ? 22 : 10;
          return bytes.length < length ? -1 : length;
        },
      );
      if (granted[1] !== 0) throw new Error(`SOCKS5 reply ${granted[1]}`);
      return socket;
    },
    async plain(host, port) {
      return { socket: await dial('127.0.0.1', proxyPort), prefix: `http://${authority(host, port)}` };
    },
  };
}
