import { createServer } from 'node:net';
import type { Row } from './row.js';
import type { Stage } from './stage.js';
import { until, Wire } from './wire.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nEND';

/** Is there IPv6 on loopback? Containers often have none. */
async function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, '::1', () => server.close(() => resolve(true)));
  });
}

/** One HTTP request on a connection that is already there. */
async function ask(stage: Stage, host: string, connect: (port: number) => Promise<Wire>, secure: boolean): Promise<unknown> {
  let seen: Wire | undefined;
  const port = await stage.origin(
    secure,
    async (wire) => {
      seen = wire;
      await wire.sees('\r\n\r\n');
      wire.send(OK);
    },
    { host },
  );
  const wire = await connect(port);
  wire.send(`GET /x HTTP/1.1\r\nHost: app.conform.test\r\n\r\n`);
  await wire.sees('END');
  return { origin: seen?.text, client: wire.text };
}

export function tunnelRows(): Row[] {
  const row = (group: string, name: string, run: Row['run']): Row => ({ group, name, run });
  const socks = (name: string, host: string, listen: string, user?: string): Row[] => [
    row('SOCKS5', `${name}, plain HTTP`, (stage) =>
      ask(stage, listen, async (port) => new Wire(await stage.route.socks(host, port, user)), false),
    ),
    row('SOCKS5', `${name}, HTTPS`, (stage) =>
      ask(stage, listen, async (port) => new Wire(await stage.tls(host, port, {}, await stage.route.socks(host, port, user))), true),
    ),
  ];
  const v6 = (rows: readonly Row[]): Row[] =>
    rows.map((one) => ({ ...one, run: async (stage) => ((await hasIpv6()) ? one.run(stage) : 'no IPv6 on this machine') }));
  return [
    ...socks('by name', 'localhost', '127.0.0.1'),
    ...socks('by IPv4 address', '127.0.0.1', '127.0.0.1'),
    ...socks('with a user name', 'localhost', '127.0.0.1', 'Pixel 8'),
    ...v6(socks('by IPv6 address', '::1', '::1')),
    ...v6([
      row('IPv6 literal', 'CONNECT [::1], HTTPS', (stage) =>
        ask(stage, '::1', async (port) => new Wire(await stage.tls('::1', port)), true),
      ),
      row('IPv6 literal', 'GET http://[::1]/', async (stage) => {
        let seen: Wire | undefined;
        const port = await stage.origin(
          false,
          async (wire) => {
            seen = wire;
            await wire.sees('\r\n\r\n');
            wire.send(OK);
          },
          { host: '::1' },
        );
        const { socket, prefix } = await stage.route.plain('::1', port);
        const wire = new Wire(socket);
        wire.send(`GET ${prefix}/x HTTP/1.1\r\nHost: app.conform.test\r\n\r\n`);
        await wire.sees('END');
        return { origin: seen?.text, client: wire.text };
      }),
    ]),
    row('Other protocols', 'MQTT in clear', async (stage) => {
      const port = await stage.origin(false, async (wire) => {
        await until('CONNECT', () => wire.length >= 14);
        wire.send(Buffer.from([0x20, 2, 0, 0]));
      });
      const wire = new Wire(await stage.route.tunnel('localhost', port));
      wire.send(Buffer.from('100c00044d5154540402003c0000', 'hex'));
      await until('CONNACK', () => wire.length === 4);
      return wire.bytes.toString('hex');
    }),
    row('Other protocols', 'the origin speaks first (SMTP)', async (stage) => {
      const port = await stage.origin(false, async (wire) => {
        wire.send('220 ready\r\n');
        await wire.sees('QUIT');
        wire.send('221 END');
        wire.socket.end();
      });
      const wire = new Wire(await stage.route.tunnel('localhost', port));
      await until('220', () => wire.text.includes('220 ready'), 6_000);
      wire.send('QUIT\r\n');
      await wire.over();
      return { text: wire.text, ending: wire.ending };
    }),
  ];
}
