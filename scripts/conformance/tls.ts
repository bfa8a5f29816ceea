import type { TLSSocket } from 'node:tls';
import { makeIdentity } from './identity.js';
import type { Row } from './row.js';
import type { Stage } from './stage.js';
import { until, Wire } from './wire.js';

/** An origin that greets with what its TLS stack knows about the client. */
function telling(stage: Stage, tell: (tls: TLSSocket) => unknown, options: object = {}): Promise<number> {
  return stage.origin(
    true,
    (wire, socket) => {
      if ('getProtocol' in socket) wire.send(`${JSON.stringify(tell(socket as TLSSocket))}END`);
    },
    options,
  );
}

export function tlsRows(): Row[] {
  const row = (name: string, run: Row['run'], documented?: string): Row => ({
    group: 'TLS',
    name,
    run,
    ...(documented === undefined ? {} : { documented }),
  });
  return [
    row('SNI as the client sent it', async (stage) => {
      const names: unknown[] = [];
      for (const servername of ['localhost', 'app.conform.test']) {
        const port = await telling(stage, (tls) => ('servername' in tls ? tls.servername : null));
        const wire = new Wire(await stage.tls('localhost', port, { servername }));
        wire.send('x');
        await wire.sees('END');
        names.push(wire.text);
      }
      return names;
    }),
    row('no SNI for an address', async (stage) => {
      const port = await telling(stage, (tls) => ('servername' in tls ? tls.servername : null));
      const wire = new Wire(await stage.tls('127.0.0.1', port));
      wire.send('x');
      await wire.sees('END');
      return wire.text;
    }),
    ...(['TLSv1.2', 'TLSv1.3'] as const).map((version) =>
      row(`client speaks ${version} only`, async (stage) => {
        const port = await stage.origin(true, (wire) => wire.send('END'));
        const tls = await stage.tls('localhost', port, { minVersion: version, maxVersion: version });
        const wire = new Wire(tls);
        wire.send('x');
        await wire.sees('END');
        return { version: tls.getProtocol(), text: wire.text };
      }),
    ),
    row('the certificate is for the name, and verified by the client', async (stage) => {
      const port = await stage.origin(true, (wire) => wire.send('END'));
      const good = await stage.tls('localhost', port);
      const outcome = { good: good.authorized, bad: '' };
      try {
        await stage.tls('localhost', port, { ca: makeIdentity().certificate });
      } catch {
        outcome.bad = 'refused by the client';
      }
      return outcome;
    }),
    row('a session is resumed by the client', async (stage) => {
      const port = await stage.origin(true, async (wire) => {
        await wire.sees('x');
        wire.send('END');
      });
      const first = await stage.tls('localhost', port, { maxVersion: 'TLSv1.3' });
      let ticket: Buffer | undefined;
      first.on('session', (session: Buffer) => {
        ticket = session;
      });
      const wire = new Wire(first);
      wire.send('x');
      await wire.sees('END');
      await until('a ticket', () => ticket !== undefined);
      const again = await stage.tls('localhost', port, ticket === undefined ? {} : { session: ticket });
      const second = new Wire(again);
      second.send('x');
      await second.sees('END');
      return { reused: again.isSessionReused(), text: second.text };
    }),
    row('close_notify of the client reaches the origin, which can still answer', async (stage) => {
      const port = await stage.origin(true, async (wire) => {
        await until('the end', () => wire.ended);
        wire.send(`${wire.text} END`);
        wire.socket.end();
      });
      const wire = new Wire(await stage.tls('localhost', port));
      wire.send('last words');
      wire.socket.end();
      await wire.over();
      return { text: wire.text, ending: wire.ending };
    }),
    row('close_notify of the origin reaches the client', async (stage) => {
      const port = await stage.origin(true, async (wire) => {
        await wire.sees('x');
        wire.send('END');
        wire.socket.end();
      });
      const wire = new Wire(await stage.tls('localhost', port));
      wire.send('x');
      await wire.over();
      return { text: wire.text, ending: wire.ending };
    }),
    row('the client leaves: the upstream read ends at once', async (stage) => {
      let origin: Wire | undefined;
      const port = await stage.origin(true, (wire) => {
        origin = wire;
      });
      const wire = new Wire(await stage.tls('localhost', port));
      wire.send('half');
      await until('half', () => origin?.text === 'half');
      wire.socket.destroy();
      await until('the end', () => origin?.ending !== 'open');
      return 'told';
    }),
    row('the origin breaks off: so does the client’s connection', async (stage) => {
      const port = await stage.origin(true, async (wire, socket) => {
        await wire.sees('x');
        socket.destroy();
      });
      const wire = new Wire(await stage.tls('localhost', port));
      wire.send('x');
      await until('the end', () => wire.closed || wire.ending !== 'open');
      return { text: wire.text, over: wire.ending !== 'open' };
    }),
    row('a protocol of its own inside TLS (MQTT)', async (stage) => {
      const port = await stage.origin(true, async (wire) => {
        await until('CONNECT', () => wire.length >= 14);
        wire.send(Buffer.from([0x20, 2, 0, 0]));
      });
      const wire = new Wire(await stage.tls('localhost', port));
      wire.send(Buffer.from('100c00044d5154540402003c0000', 'hex'));
      await until('CONNACK', () => wire.length === 4);
      return wire.bytes.toString('hex');
    }),
    row('the origin speaks first inside TLS', async (stage) => {
      const port = await stage.origin(true, async (wire) => {
        wire.send('220 ready\r\n');
        await wire.sees('QUIT');
        wire.send('221 END');
      });
      const wire = new Wire(await stage.tls('localhost', port));
      await wire.sees('220 ready');
      wire.send('QUIT\r\n');
      await wire.sees('END');
      return wire.text;
    }),
    row(
      'client certificate',
      async (stage) => {
        const own = makeIdentity(['client']);
        const port = await telling(stage, (tls) => ({ subject: tls.getPeerCertificate().subject?.CN ?? null }), {
          requestCert: true,
          rejectUnauthorized: false,
        });
        const wire = new Wire(await stage.tls('localhost', port, { cert: own.certificate, key: own.key }));
        wire.send('x');
        await wire.sees('END');
        return wire.text;
      },
      'the private key never leaves the phone, so no interceptor can present it: pass such a host through (its row says so)',
    ),
  ];
}
