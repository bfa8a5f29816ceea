import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dial, type Lab, listen, sleep, startLab, until, type Wire } from './lab.js';

/** An origin that keeps what it got, and answers each request head by the path asked for. */
async function origin(
  answers: Readonly<Record<string, string | ((socket: Socket) => void)>>,
): Promise<{ readonly port: number; readonly got: () => string; readonly sockets: readonly Socket[] }> {
  let got = '';
  const sockets: Socket[] = [];
  const port = await listen(
    createServer({ allowHalfOpen: true }, (socket) => {
      sockets.push(socket);
      let unread = '';
      socket.on('end', () => socket.end());
      socket.on('data', (bytes) => {
        got += bytes.toString('latin1');
        unread += bytes.toString('latin1');
        for (let end = unread.indexOf('\r\n\r\n'); end >= 0; end = unread.indexOf('\r\n\r\n')) {
          const path = /^\S+ (\S+)/.exec(unread.trimStart())?.[1] ?? '';
          unread = unread.slice(end + 4);
          const answer = answers[path];
          if (typeof answer === 'string') socket.write(answer, 'latin1');
          else answer?.(socket);
        }
      });
    }),
  );
  return { port, got: () => got, sockets };
}

async function phone(lab: Lab): Promise<Wire> {
  return dial(lab.port);
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('what an origin sees', () => {
  test('only the request line and the proxy headers change', async () => {
    const { port, got } = await origin({ '/a/../b?q=%41': OK });
    const lab = await startLab();
    const wire = await phone(lab);
    const headers = `hOsT: 127.0.0.1:${port}\r\nX-Two:  1\r\nAccept: a\r\nx-two: 2\r\nTE: trailers\r\nConnection: TE, keep-alive\r\nCookie: \xe9=1\r\n`;
    wire.socket.write(
      `GET http://127.0.0.1:${port}/a/../b?q=%41 HTTP/1.1\r\n${headers}Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic cGhvbmU6\r\n\r\n`,
      'latin1',
    );
    await wire.expect('ok');
    expect(got()).toBe(`GET /a/../b?q=%41 HTTP/1.1\r\n${headers}\r\n`);
    const [open] = lab.tap.opens();
    await until(() => lab.tap.text(open?.connection ?? '', 'down') === OK);
    expect(lab.tap.text(open?.connection ?? '', 'up')).toBe(got());
    expect(open).toMatchObject({ layer: 'http', reach: 'cleartext', host: '127.0.0.1', port, client: { user: 'phone' } });
  });

  test.each([
    ['GET http://h HTTP/1.1', 'GET / HTTP/1.1'],
    ['GET http://h?q HTTP/1.1', 'GET /?q HTTP/1.1'],
    ['OPTIONS http://h HTTP/1.1', 'OPTIONS * HTTP/1.1'],
    ['GET http://user:secret@h/x HTTP/1.1', 'GET /x HTTP/1.1'],
    ['GET ws://h/chat HTTP/1.1', 'GET /chat HTTP/1.1'],
    ['GET HTTP://h//x#f HTTP/1.0', 'GET //x#f HTTP/1.0'],
  ])('%s becomes %s', async (asked, forwarded) => {
    const { port, got } = await origin({});
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`${asked.replace(/(?<=@|\/\/)h(?=[ /?])/, `127.0.0.1:${port}`)}\r\nHost: h\r\n\r\n`);
    await until(() => got().includes('\r\n\r\n'));
    expect(got().split('\r\n')[0]).toBe(forwarded);
  });
});

describe('what the phone sees', () => {
  test('trailers, 103, status text, doubled headers and chunks come as they were', async () => {
    const answer =
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Very Fine\r\nSet-Cookie: a\r\nX-D: 1\r\nX-D: 2\r\nTransfer-Encoding: chunked\r\nTrailer: grpc-status\r\n\r\n3;x=y\r\nabc\r\n0\r\ngrpc-status: 0\r\n\r\n';
    const { port } = await origin({ '/': answer });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.text === answer);
  });

  test('the head of a late body comes before the body', async () => {
    let answer: Socket | null = null;
    const { port } = await origin({
      '/sse': (socket) => {
        answer = socket;
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
      },
    });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${port}/sse HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect('event-stream\r\n\r\n');
    (answer as Socket | null)?.end('data: 1\n\n');
    await until(() => wire.ended);
    expect(wire.text).toMatch(/data: 1\n\n$/);
  });

  test('a cut body is cut for the phone, too, and named', async () => {
    const { port } = await origin({ '/cut': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf') });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${port}/cut HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.ended);
    expect(wire.text).toMatch(/\r\n\r\nhalf$/);
    wire.socket.end();
    await until(() => lab.tap.closes().length === 1);
    expect(lab.tap.closes()[0]?.failure?.code).toBe('cut-short');
  });

  test('odd answers reach the phone and hurt nobody', async () => {
    const { port } = await origin({
      '/099': 'HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok',
      '/t': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTrailer: x\r\n\r\nok',
      '/junk': 'SSH-2.0-x\r\n',
    });
    const lab = await startLab();
    for (const path of ['/099', '/t', '/junk']) {
      const wire = await phone(lab);
      wire.socket.write(`GET http://127.0.0.1:${port}${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await until(() => wire.text.endsWith('ok') || wire.text.startsWith('SSH'));
    }
  });
});

describe('one connection, several requests', () => {
  test('requests for two origins on one connection each reach their own, answers in order', async () => {
    const slow = await origin({
      '/1': (socket) => void setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst'), 80),
    });
    const fast = await origin({ '/2': 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond' });
    const lab = await startLab();
    const wire = await phone(lab);
    const body = 'GET http://127.0.0.1:1/hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    wire.socket.write(
      `POST http://127.0.0.1:${slow.port}/1 HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}GET http://127.0.0.1:${fast.port}/2 HTTP/1.1\r\nHost: y\r\n\r\n`,
    );
    await wire.expect('second');
    expect(wire.text).toMatch(/first.*second$/s);
    expect(slow.got()).toBe(`POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    expect(fast.got()).toBe('GET /2 HTTP/1.1\r\nHost: y\r\n\r\n');
    expect(lab.tap.opens()).toHaveLength(2);
  });

  test('every split of a pipelined conversation gives the same', { timeout: 30_000 }, async () => {
    const { port, got } = await origin({ '/1': OK, '/2': 'HTTP/1.1 204 No Content\r\n\r\n', '/3': OK });
    const lab = await startLab();
    const base = `http://127.0.0.1:${port}`;
    const text = `POST ${base}/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n\r\nHEAD ${base}/2 HTTP/1.1\r\nHost: x\r\n\r\nGET ${base}/3 HTTP/1.1\r\nHost: x\r\n\r\n`;
    const expected = text.replaceAll(base, '').replace('T: 1\r\n\r\n\r\n', 'T: 1\r\n\r\n');
    for (let at = 1; at < text.length; at += 7) {
      const before = got().length;
      const wire = await phone(lab);
      wire.socket.setNoDelay(true);
      wire.socket.write(text.slice(0, at));
      await sleep(3);
      wire.socket.write(text.slice(at));
      await until(() => got().length - before === expected.length);
      expect(got().slice(before)).toBe(expected);
      wire.socket.destroy();
    }
  });

  test('an idle origin that hangs up does not cost the phone its connection', async () => {
    const { port, sockets } = await origin({ '/': OK });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect('ok');
    sockets[0]?.end();
    await until(() => lab.tap.closes().length === 1);
    wire.socket.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.text === OK + OK);
    expect(lab.tap.closes()[0]?.failure).toBeNull();
  });

  test('bytes nobody asked for do not become the answer of the next origin', async () => {
    const evil = await origin({ '/': (socket) => socket.write(`${OK}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`) });
    const good = await origin({ '/': 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood' });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${evil.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect('ok');
    wire.socket.write(`GET http://127.0.0.1:${good.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect('good');
    expect(wire.text).not.toContain('poison');
    expect(lab.tap.closes()[0]?.failure?.code).toBe('unsolicited-bytes');
  });

  test('a WebSocket in clear passes both ways after 101, and a refused one leaves HTTP behind', async () => {
    const { port, got } = await origin({
      '/ws': (socket) => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n\x81\x02hi',
          'latin1',
        );
      },
      '/no': 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n',
      '/after': OK,
    });
    const lab = await startLab();
    const upgrade = (path: string): string =>
      `GET http://127.0.0.1:${port}${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`;
    const wire = await phone(lab);
    wire.socket.write(upgrade('/ws'));
    await wire.expect('\x81\x02hi');
    wire.socket.write(Buffer.from([0x82, 0x01, 0xff, 0x47, 0x45, 0x54, 0x20]));
    await until(() => got().endsWith('\x82\x01\xffGET '));
    const other = await phone(lab);
    other.socket.write(`${upgrade('/no')}GET http://127.0.0.1:${port}/after HTTP/1.1\r\nHost: x\r\n\r\n`);
    await other.expect('ok');
    expect(other.text).toMatch(/^HTTP\/1.1 403/);
  });

  test('CONNECT may follow plain requests, and the onboarding page may, too', async () => {
    const { port } = await origin({ '/': OK });
    const echo = await listen(createServer((socket) => socket.pipe(socket)));
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\nCONNECT 127.0.0.1:${echo} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect('200 Connection Established');
    wire.socket.write('\0raw');
    await wire.expect('\0raw');
    const other = await phone(lab);
    other.socket.write(
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n\r\nGET http://overreach.test/status.json HTTP/1.1\r\nHost: overreach.test\r\n\r\n`,
    );
    await other.expect('"id":"proxy","state":"on"');
  });
});

describe('what is refused', () => {
  test.each([
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 5\r\n', 'OVR_HTTP_AMBIGUOUS'],
    ['length and chunked', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', 'OVR_HTTP_AMBIGUOUS'],
    ['+5', 'Content-Length: +5\r\n', 'OVR_HTTP_AMBIGUOUS'],
    ['chunked, identity', 'Transfer-Encoding: chunked, identity\r\n', 'OVR_HTTP_AMBIGUOUS'],
    ['doubled chunked', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', 'OVR_HTTP_AMBIGUOUS'],
    ['space before the colon', 'Transfer-Encoding : chunked\r\n', 'OVR_HTTP_HEAD'],
    ['folded line', 'X: a\r\n b\r\n', 'OVR_HTTP_HEAD'],
    ['bare LF', 'X: a\nContent-Length: 3\r\n', 'OVR_HTTP_HEAD'],
    ['NUL', 'X: a\0b\r\n', 'OVR_HTTP_HEAD'],
    ['two Hosts', 'Host: y\r\n', 'OVR_HTTP_AMBIGUOUS'],
  ])('%s', async (_, header, code) => {
    const { port, got } = await origin({ '/': OK });
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\n${header}\r\nhello`);
    await wire.expect(code);
    expect(wire.text).toMatch(/^HTTP\/1.1 400 /);
    expect(got()).toBe('');
  });

  test('a broken chunk ends the request at the origin and nothing follows it', async () => {
    const { port, got, sockets } = await origin({});
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(
      `POST http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n`,
    );
    await wire.expect('OVR_HTTP_AMBIGUOUS');
    await until(() => sockets[0]?.destroyed !== false);
    expect(got()).not.toContain('smuggled');
  });

  test.each([
    ['a scheme', 'GET https://h/ HTTP/1.1', 'OVR_HTTP_SCHEME'],
    ['no target', 'GET h HTTP/1.1', 'OVR_HTTP_HEAD'],
    ['HTTP/2.7', 'GET http://h/ HTTP/2.7', 'OVR_HTTP_HEAD'],
    ['a bad port', 'GET http://h:99999/ HTTP/1.1', 'OVR_HTTP_HEAD'],
  ])('%s', async (_, line, code) => {
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`${line}\r\nHost: h\r\n\r\n`);
    await wire.expect(code);
  });

  test.each([
    ['two lengths', 'POST http://h.test/ HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello', 'OVR_HTTP_AMBIGUOUS', 80],
    ['a folded line', 'GET http://h.test:8080/ HTTP/1.1\r\nX: a\r\n b\r\n\r\n', 'OVR_HTTP_HEAD', 8080],
    ['a scheme', 'GET https://h.test/ HTTP/1.1\r\n\r\n', 'OVR_HTTP_SCHEME', 443],
    ['an endless head', `GET http://h.test/ HTTP/1.1\r\nX: ${'a'.repeat(70_000)}`, 'OVR_HTTP_HEAD', 80],
  ])('incident: what an app sent and the proxy refused (%s) left no trace in the record', async (_, request, code, port) => {
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(request);
    await wire.expect(code);
    expect(lab.tap.opens()).toMatchObject([{ host: 'h.test', port, reach: 'failed', cause: { code } }]);
    expect(lab.tap.closes()).toHaveLength(1);
  });

  test('who is not let in, and what is no proxy request, writes nothing into the record', async () => {
    const lab = await startLab({ credentials: { user: 'u', password: 'p' } });
    const wire = await phone(lab);
    wire.socket.write('GET http://h.test/ HTTP/1.1\r\nX: a\r\n b\r\n\r\n');
    await wire.expect('OVR_HTTP_HEAD');
    const open = await startLab();
    const other = await phone(open);
    other.socket.write('HELO there\r\n\r\n');
    await other.expect('OVR_HTTP_HEAD');
    expect([lab.tap.opens(), open.tap.opens()]).toEqual([[], []]);
  });

  test('a head without end is cut off at its limit', async () => {
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://h/ HTTP/1.1\r\nX: ${'a'.repeat(70_000)}`);
    await wire.expect('HTTP/1.1 431');
  });

  test('an origin that is down gives 502 and a row', async () => {
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write('HEAD http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => wire.ended);
    expect(wire.text).toMatch(/^HTTP\/1.1 502 .*OVR_UPSTREAM_REFUSED.*\r\n\r\n$/s);
    expect(lab.tap.opens()[0]).toMatchObject({ reach: 'failed', cause: { code: 'OVR_UPSTREAM_REFUSED' } });
    expect(lab.tap.closes()[0]?.failure?.code).toBe('upstream-refused');
  });
});

describe('incident: what a phone asked for and did not wait for stood nowhere', () => {
  test.each([
    ['while the origin was looked up', 'POST http://origin.test:80/log HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 3\r\n\r\nabc'],
    ['in the middle of its head', 'GET http://origin.test:80/log?a=1 HTTP/1.1\r\nHos'],
  ])('%s', async (_, sent) => {
    const lab = await startLab({ resolve: () => sleep(100).then(() => [{ address: '127.0.0.1', family: 4 }]) });
    const wire = await phone(lab);
    wire.socket.write(sent);
    await sleep(20);
    wire.socket.resetAndDestroy();
    await until(() => lab.tap.closes().length === 1);
    expect(lab.tap.opens()[0]).toMatchObject({ host: 'origin.test', port: 80, reach: 'failed' });
    // Where nothing was dialled, the words must not blame a connection alone.
    if (sent.startsWith('GET')) expect(lab.tap.opens()[0]?.cause?.text.zh).toContain('请求还没有发送完，或与 origin.test');
  });

  test('behind a request to another origin that was not answered yet', async () => {
    const first = await origin({});
    const lab = await startLab();
    const wire = await phone(lab);
    wire.socket.write(`GET http://127.0.0.1:${first.port}/a HTTP/1.1\r\nHost: a\r\n\r\n`);
    await until(() => first.got().includes('/a'));
    wire.socket.write('GET http://origin.test:80/b HTTP/1.1\r\nHost: b\r\n\r\n');
    await sleep(20);
    wire.socket.resetAndDestroy();
    await until(() => lab.tap.closes().length === 2);
    expect(lab.tap.opens()[1]).toMatchObject({ host: 'origin.test', reach: 'failed', cause: { code: 'OVR_CLIENT_LEFT' } });
  });
});

test('a phone that leaves in the middle ends the upstream read at once', async () => {
  const closed: number[] = [];
  const { port } = await origin({
    '/endless': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n');
      const timer = setInterval(() => socket.write('x'.repeat(1_000)), 5);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        closed.push(1);
      });
    },
  });
  const lab = await startLab();
  const wire = await phone(lab);
  wire.socket.write(`GET http://127.0.0.1:${port}/endless HTTP/1.1\r\nHost: x\r\n\r\n`);
  await until(() => wire.received.length > 3_000);
  wire.socket.resetAndDestroy();
  await until(() => closed.length === 1 && lab.tap.closes().length === 1);
  expect(lab.tap.closes()[0]?.failure?.code).toBe('client-left');
});

test('a slow reader slows the origin', async () => {
  let sent = 0;
  const { port } = await origin({
    '/big': (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 64000000\r\n\r\n');
      const pump = (): void => {
        while (sent < 64_000_000) {
          sent += 64_000;
          if (!socket.write(Buffer.alloc(64_000))) {
            socket.once('drain', pump);
            return;
          }
        }
      };
      pump();
    },
  });
  const lab = await startLab();
  const wire = await phone(lab);
  wire.socket.pause();
  wire.socket.write(`GET http://127.0.0.1:${port}/big HTTP/1.1\r\nHost: x\r\n\r\n`);
  await sleep(400);
  const stalled = sent;
  await sleep(300);
  expect(sent).toBe(stalled);
  expect(stalled).toBeLessThan(20_000_000);
});
