import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Row } from './row.js';
import { LINES, type Line, type Stage, type Visitor } from './stage.js';
import { until, type Wire } from './wire.js';

type Run = (stage: Stage, line: Line) => Promise<unknown>;

interface Conversation {
  readonly request: string;
  /** Last bytes of the request: when the origin has them it answers. */
  readonly requestEnd?: string;
  readonly answer: string;
  /** Last bytes of the answer: when the client has them it is content. `null`: the end of the connection. */
  readonly answerEnd?: string | null;
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nEND';
const HOST = 'Host: app.conform.test\r\n';

/** One request, one answer, and every byte that each side got. `@` in a request stands for what precedes the path on this line. */
async function converse(
  stage: Stage,
  line: Line,
  { request, requestEnd = '\r\n\r\n', answer, answerEnd = 'END' }: Conversation,
): Promise<unknown> {
  let seen: Wire | undefined;
  const port = await stage.origin(line === 'https', async (wire) => {
    seen = wire;
    await wire.sees(requestEnd);
    wire.send(answer);
    if (answerEnd === null) wire.socket.end();
  });
  const { wire, prefix } = await stage.visit(line, port);
  wire.send(request.replace('@', prefix));
  await (answerEnd === null ? wire.over() : wire.sees(answerEnd));
  return { origin: seen?.text, client: wire.text };
}

/** An origin that answers each request head in turn, and a client. */
async function pair(
  stage: Stage,
  line: Line,
  onWire: (wire: Wire) => unknown,
): Promise<{ readonly client: Visitor; readonly origins: Wire[] }> {
  const origins: Wire[] = [];
  const port = await stage.origin(line === 'https', (wire) => {
    origins.push(wire);
    return onWire(wire);
  });
  return { client: await stage.visit(line, port), origins };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A status without a body must leave the connection usable: the next answer on it proves that nobody waited for one. */
function bodiless(method: string, head: string): Run {
  return async (stage, line) => {
    const { client, origins } = await pair(stage, line, async (wire) => {
      await wire.sees('\r\n\r\n');
      wire.send(`${head}\r\n\r\n`);
      await wire.sees('\r\n\r\n', 2);
      wire.send(OK);
    });
    client.wire.send(`${method} ${client.prefix}/one HTTP/1.1\r\n${HOST}\r\n`);
    await client.wire.sees('\r\n\r\n');
    client.wire.send(`GET ${client.prefix}/two HTTP/1.1\r\n${HOST}\r\n`);
    await client.wire.sees('END');
    return { origins: origins.map((wire) => wire.text), client: client.wire.text };
  };
}

const RUNS: ReadonlyArray<readonly [name: string, run: Run, documented?: Partial<Record<Line, string>>]> = [
  [
    'request headers: case, order, repeats, odd spaces, latin1',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}X-b: 1\r\nx-A:2\r\nX-b:   3 \r\nCookie: a=1\r\nCookie: b=2\r\nX-Empty:\r\nX-L: \xe9\xfc\r\n\r\n`,
        answer: OK,
      }),
  ],
  [
    'response headers: case, order, repeats, status text',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}\r\n`,
        answer:
          'HTTP/1.1 299 Ganz, ganz  eigen\r\nsET-cookie: a\r\nX-Z: 1\r\nSet-Cookie: b\r\nx-z: \xe9\r\nWarning: a\r\nWarning: b\r\nContent-Length: 3\r\n\r\nEND',
      }),
  ],
  [
    'status without a reason',
    (stage, line) => converse(stage, line, { request: `GET @/ HTTP/1.1\r\n${HOST}\r\n`, answer: OK.replace('OK', '') }),
  ],
  [
    'target kept: dot segments, double slashes, odd escapes',
    (stage, line) =>
      converse(stage, line, { request: `GET @/a/../b/./c//d?q=%7e%2F&x=[1]|"^{}&empty= HTTP/1.1\r\n${HOST}\r\n`, answer: OK }),
  ],
  ['unknown method', (stage, line) => converse(stage, line, { request: `M-SEARCH @/x HTTP/1.1\r\n${HOST}\r\n`, answer: OK })],
  ['options of one address', (stage, line) => converse(stage, line, { request: `OPTIONS @/x HTTP/1.1\r\n${HOST}\r\n`, answer: OK })],
  [
    'header of 30 KiB',
    (stage, line) => converse(stage, line, { request: `GET @/ HTTP/1.1\r\n${HOST}X-Long: ${'x'.repeat(30_000)}\r\n\r\n`, answer: OK }),
  ],
  [
    'request: chunked, extensions, trailers',
    (stage, line) =>
      converse(stage, line, {
        request: `POST @/ HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3;ext=1\r\nabc\r\n00A\r\n0123456789\r\n0\r\nX-Sum: 9\r\nx-Other: 1\r\n\r\n`,
        requestEnd: 'x-Other: 1\r\n\r\n',
        answer: OK,
      }),
  ],
  [
    'response: chunked, extensions, trailers',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}TE: trailers\r\nConnection: TE\r\n\r\n`,
        answer:
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3;ext="a b"\r\nabc\r\n0a\r\n0123456789\r\n0\r\nX-Sum: END\r\n\r\n',
        answerEnd: 'X-Sum: END\r\n\r\n',
      }),
  ],
  [
    '100, 102 and 103 before the answer',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}\r\n`,
        answer: `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n${OK}`,
      }),
  ],
  [
    'expect: the body waits for the 100',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send('HTTP/1.1 100 Continue\r\n\r\n');
        await wire.sees('BODY');
        wire.send(OK);
      });
      client.wire.send(`PUT ${client.prefix}/ HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n`);
      await client.wire.sees('100 Continue');
      client.wire.send('BODY');
      await client.wire.sees('END');
      return { origin: origins[0]?.text, client: client.wire.text };
    },
  ],
  [
    'expect refused by 417 before any body',
    (stage, line) =>
      converse(stage, line, {
        request: `PUT @/ HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 4\r\n\r\n`,
        answer: 'HTTP/1.1 417 Expectation Failed\r\nConnection: close\r\nContent-Length: 3\r\n\r\nEND',
      }),
  ],
  ['HEAD with a length', bodiless('HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1000000')],
  ['HEAD with chunked', bodiless('HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked')],
  ['204', bodiless('DELETE', 'HTTP/1.1 204 No Content\r\nX-A: 1')],
  ['304 with a length', bodiless('GET', 'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 77')],
  [
    'each chunk arrives before the next is sent (SSE, long poll)',
    async (stage, line) => {
      const steps: string[] = [];
      const { client } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
        await client.wire.sees('\r\n\r\n');
        steps.push('head');
        for (const event of ['one', 'two']) {
          wire.send(`b\r\ndata: ${event}\n\n\r\n`);
          await client.wire.sees(`data: ${event}`);
          steps.push(event);
        }
        wire.send('0\r\n\r\n');
      });
      client.wire.send(`GET ${client.prefix}/events HTTP/1.1\r\n${HOST}Accept: text/event-stream\r\n\r\n`);
      await client.wire.sees('0\r\n\r\n');
      return { steps, client: client.wire.text };
    },
  ],
  [
    'upload and answer at the same time',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await wire.sees('part one');
        wire.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nYES\r\n');
        await wire.sees('part two');
        wire.send('3\r\nEND\r\n0\r\n\r\n');
      });
      client.wire.send(`POST ${client.prefix}/ HTTP/1.1\r\n${HOST}Content-Length: 16\r\n\r\npart one`);
      await client.wire.sees('YES');
      client.wire.send('part two');
      await client.wire.sees('0\r\n\r\n');
      return { origin: origins[0]?.text, client: client.wire.text };
    },
  ],
  [
    'keep-alive: three requests, one connection',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        for (let count = 1; count <= 3; count++) {
          await wire.sees('\r\n\r\n', count);
          wire.send(OK);
        }
      });
      for (let count = 1; count <= 3; count++) {
        client.wire.send(`GET ${client.prefix}/${count} HTTP/1.1\r\n${HOST}\r\n`);
        await client.wire.sees('END', count);
      }
      return { origins: origins.map((wire) => wire.text), client: client.wire.text };
    },
  ],
  [
    'pipelining: three requests at once, answers in order',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n', 3);
        wire.send('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\n2');
        wire.send(OK);
      });
      client.wire.send([1, 2, 3].map((count) => `GET ${client.prefix}/${count} HTTP/1.1\r\n${HOST}\r\n`).join(''));
      await client.wire.sees('END');
      return { origins: origins.map((wire) => wire.text), client: client.wire.text };
    },
  ],
  [
    'half-close: the answer comes after the client has said its last byte',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await until('the end of the request', () => wire.ended);
        wire.send(OK);
        wire.socket.end();
      });
      client.wire.send(`GET ${client.prefix}/ HTTP/1.1\r\n${HOST}\r\n`);
      client.wire.socket.end();
      await client.wire.over();
      return { origin: origins[0]?.text, client: client.wire.text, ending: client.wire.ending };
    },
  ],
  [
    'HTTP/1.0, body until close',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.0\r\n${HOST}\r\n`,
        answer: 'HTTP/1.0 200 OK\r\nServer: old\r\n\r\nall of it',
        answerEnd: null,
      }),
  ],
  ...(['Content-Length: 100', 'Transfer-Encoding: chunked'] as const).map((framing): readonly [string, Run] => [
    `response cut short (${framing.split(':')[0]})`,
    async (stage, line) => {
      const { client } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n64\r\nhalf`);
        await client.wire.sees('half');
        wire.socket.end();
      });
      client.wire.send(`GET ${client.prefix}/ HTTP/1.1\r\n${HOST}\r\n`);
      await client.wire.over();
      return { client: client.wire.text, ending: client.wire.ending };
    },
  ]),
  [
    'request cut short: the origin is told at once',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, () => undefined);
      client.wire.send(`POST ${client.prefix}/ HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\nhalf`);
      await until('the half', () => origins[0]?.text.includes('half') === true);
      client.wire.socket.destroy();
      await origins[0]?.over();
      return { origin: origins[0]?.text };
    },
  ],
  [
    'client leaves a running download: the origin is told at once',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send('HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbeginning');
      });
      client.wire.send(`GET ${client.prefix}/ HTTP/1.1\r\n${HOST}\r\n`);
      await client.wire.sees('beginning');
      client.wire.socket.destroy();
      await until('the end at the origin', () => origins[0] !== undefined && origins[0].ending !== 'open');
      return 'told';
    },
  ],
  [
    'body of 8 MiB down, by hash',
    async (stage, line) => {
      const body = randomBytes(8 << 20);
      const { client } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`);
        wire.send(body);
        wire.socket.end();
      });
      client.wire.send(`GET ${client.prefix}/ HTTP/1.1\r\n${HOST}\r\n`);
      await client.wire.over();
      return { same: sha256(client.wire.bytes.subarray(-body.length)) === sha256(body), ending: client.wire.ending };
    },
  ],
  [
    'body of 8 MiB up, by hash',
    async (stage, line) => {
      const body = randomBytes(8 << 20);
      const { client, origins } = await pair(stage, line, async (wire) => {
        await until('the upload', () => wire.length > body.length);
        await new Promise((resolve) => setTimeout(resolve, 20));
        wire.send(OK);
      });
      client.wire.send(`PUT ${client.prefix}/ HTTP/1.1\r\n${HOST}Content-Length: ${body.length}\r\n\r\n`);
      client.wire.send(body);
      await client.wire.sees('END');
      return { same: sha256(origins[0]?.bytes.subarray(-body.length) ?? body.subarray(1)) === sha256(body) };
    },
  ],
  [
    'gzip stays gzip',
    async (stage, line) => {
      const body = gzipSync('{"a":1}').toString('latin1');
      return converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}Accept-Encoding: gzip, br;q=0.1\r\n\r\n`,
        answer: `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        answerEnd: body,
      });
    },
  ],
  [
    'upgrade to another protocol',
    async (stage, line) => {
      const { client, origins } = await pair(stage, line, async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat/2\r\n\r\nhello');
        await wire.sees('\x00bytes');
        wire.send('\x00END');
      });
      client.wire.send(`GET ${client.prefix}/ HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: chat/2\r\n\r\n`);
      await client.wire.sees('hello');
      client.wire.send('\x00bytes');
      await client.wire.sees('END');
      return { origin: origins[0]?.text, client: client.wire.text };
    },
    {
      http: 'Upgrade other than to WebSocket is a hop-by-hop offer (RFC 9110 7.8) and is not passed on: what follows (h2c) would be hidden from the audit',
    },
  ],
  [
    'a second client of the same origin gets a connection of its own',
    async (stage, line) => {
      const port = await stage.origin(line === 'https', async (wire) => {
        await wire.sees('\r\n\r\n');
        wire.send(OK.replace('END', /GET [^ ]*\/(\w)/.exec(wire.text)?.[1]?.repeat(3) ?? '???'));
      });
      const visitors = await Promise.all(['a', 'b', 'c'].map(async (id) => ({ id, visitor: await stage.visit(line, port) })));
      for (const { id, visitor } of visitors) visitor.wire.send(`GET ${visitor.prefix}/${id} HTTP/1.1\r\n${HOST}\r\n`);
      return Promise.all(
        visitors.map(async ({ id, visitor }) => {
          await visitor.wire.sees(id.repeat(3));
          return visitor.wire.text;
        }),
      );
    },
  ],
  [
    'the server names the length twice, alike',
    (stage, line) =>
      converse(stage, line, {
        request: `GET @/ HTTP/1.1\r\n${HOST}\r\n`,
        answer: 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\nConnection: close\r\n\r\nEND',
      }),
  ],
];

const GROUP: Readonly<Record<Line, string>> = {
  https: 'HTTP/1.1 in TLS',
  http: 'HTTP/1.1, plain http://',
  tunnel: 'HTTP/1.1, plain in a CONNECT tunnel',
};

/** The same list on every line, so that a difference is the line's. */
export function http1Rows(): Row[] {
  return LINES.flatMap((line) =>
    RUNS.map(([name, run, documented]): Row => {
      const reason = documented?.[line];
      return { group: GROUP[line], name, run: (stage) => run(stage, line), ...(reason === undefined ? {} : { documented: reason }) };
    }),
  );
}
