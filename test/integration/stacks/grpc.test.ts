import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Client,
  credentials,
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceError,
  type StatusObject,
  status,
} from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeIdentity } from '../../../scripts/conformance/identity.js';
import type { Exchange } from '../../../src/model/exchange.js';
import { openStore } from '../../../src/store/index.js';
import { type RunningProgram, startProgram, temporaryFolder, until } from '../program.js';
import { storedExchange } from './stored.js';

const PHONE = '13900000000';
const pass = (bytes: Buffer): Buffer => bytes;
const method = (path: string, requestStream: boolean, responseStream: boolean) => ({
  path,
  requestStream,
  responseStream,
  requestSerialize: pass,
  requestDeserialize: pass,
  responseSerialize: pass,
  responseDeserialize: pass,
});

/** A protobuf message with one text under field 1, as the wire has it: nobody behind the proxy knows a .proto. */
const message = (text: string): Buffer => Buffer.concat([Buffer.from([0x0a, Buffer.byteLength(text)]), Buffer.from(text)]);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(2)).toString();

/** What a client of this API sees of a call: everything that must not change on the way. */
interface Transcript {
  readonly messages: string[];
  code: number;
  details: string;
  readonly header: unknown[];
  readonly trailer: unknown[];
}

function transcript(): Transcript {
  return { messages: [], code: -1, details: '', header: [], trailer: [] };
}

const noteStatus = (heard: Transcript, { code, details, metadata }: StatusObject | ServiceError): void => {
  heard.code = code;
  heard.details = details;
  heard.trailer.push(...metadata.get('x-cost'), ...metadata.get('x-mark-bin'));
};

function lab(): Server {
  const server = new Server();
  const trailers = (): Metadata => {
    const metadata = new Metadata();
    metadata.set('x-cost', '7');
    metadata.set('x-mark-bin', Buffer.from([0, 255, 10]));
    return metadata;
  };
  const unary: handleUnaryCall<Buffer, Buffer> = (call, reply) => {
    const header = new Metadata();
    header.set('x-saw', String(call.metadata.get('x-app')[0]));
    call.sendMetadata(header);
    reply(null, call.request, trailers());
  };
  const failing: handleUnaryCall<Buffer, Buffer> = (_call, reply) =>
    reply({ code: status.FAILED_PRECONDITION, details: '先登录', metadata: trailers() });
  const download: handleServerStreamingCall<Buffer, Buffer> = (call) => {
    for (let count = 0; count < 5; count++) call.write(message(`part ${count} ${'x'.repeat(100)}`));
    call.end(trailers());
  };
  const chat: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
    call.on('data', (bytes: Buffer) => call.write(message(`re: ${textOf(bytes)}`)));
    call.on('end', () => call.end(trailers()));
  };
  server.addService(
    {
      unary: method('/lab.Echo/Unary', false, false),
      failing: method('/lab.Echo/Failing', false, false),
      download: method('/lab.Echo/Download', false, true),
      chat: method('/lab.Echo/Chat', true, true),
    },
    { unary, failing, download, chat },
  );
  return server;
}

type Call = (client: Client) => Promise<Transcript>;

function metadata(): Metadata {
  const sent = new Metadata();
  sent.set('x-app', 'lab-client');
  return sent;
}

const unaryCall =
  (path: string): Call =>
  (client) =>
    new Promise((resolve) => {
      const heard = transcript();
      let pending = 2;
      const done = (): void => {
        if (--pending === 0) resolve(heard);
      };
      const call = client.makeUnaryRequest(path, pass, pass, message(`tel ${PHONE}`), metadata(), (_error, answer) => {
        if (answer !== undefined) heard.messages.push(textOf(answer));
        done();
      });
      call.on('metadata', (header: Metadata) => heard.header.push(...header.get('x-saw')));
      call.on('status', (ended: StatusObject) => {
        noteStatus(heard, ended);
        done();
      });
    });

const download: Call = (client) =>
  new Promise((resolve) => {
    const heard = transcript();
    const call = client.makeServerStreamRequest('/lab.Echo/Download', pass, pass, message(`tel ${PHONE}`), metadata());
    call.on('data', (bytes: Buffer) => heard.messages.push(textOf(bytes)));
    call.on('error', () => undefined);
    call.on('status', (ended: StatusObject) => {
      noteStatus(heard, ended);
      resolve(heard);
    });
  });

/** Each word waits for the answer to the one before: a proxy that buffers would never come to the second. */
const chat: Call = (client) =>
  new Promise((resolve) => {
    const heard = transcript();
    const words = [`tel ${PHONE}`, 'second', 'third'];
    const call = client.makeBidiStreamRequest('/lab.Echo/Chat', pass, pass, metadata());
    const say = (): void => {
      const word = words.shift();
      if (word === undefined) call.end();
      else call.write(message(word));
    };
    call.on('data', (bytes: Buffer) => {
      heard.messages.push(textOf(bytes));
      say();
    });
    call.on('error', () => undefined);
    call.on('status', (ended: StatusObject) => {
      noteStatus(heard, ended);
      resolve(heard);
    });
    say();
  });

const CALLS: ReadonlyArray<readonly [name: string, path: string, call: Call, up: number, down: number]> = [
  ['unary', '/lab.Echo/Unary', unaryCall('/lab.Echo/Unary'), 1, 1],
  ['a call that fails with a status in trailers', '/lab.Echo/Failing', unaryCall('/lab.Echo/Failing'), 1, 0],
  ['server stream', '/lab.Echo/Download', download, 1, 5],
  ['both streams, one word at a time', '/lab.Echo/Chat', chat, 3, 3],
];

describe('gRPC (@grpc/grpc-js), direct and through the built program by the proxy variable that it reads', () => {
  const folder = temporaryFolder();
  const server = lab();
  let program: RunningProgram;
  let direct: Client;
  let through: Client;
  let port = 0;

  beforeAll(async () => {
    const identity = makeIdentity();
    const root = join(folder.path, 'root.pem');
    writeFileSync(root, identity.certificate);
    writeFileSync(join(folder.path, 'persona.yaml'), `phone_number: "${PHONE}"\n`);
    const keys = ServerCredentials.createSsl(null, [
      { cert_chain: Buffer.from(identity.certificate), private_key: Buffer.from(identity.key) },
    ]);
    port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', keys, (error, bound) => (error === null ? resolve(bound) : reject(error))),
    );
    program = await startProgram(folder.path, ['--upstream-ca', root, '--persona', 'persona.yaml', '--category', 'news']);
    direct = new Client(`localhost:${port}`, credentials.createSsl(Buffer.from(identity.certificate)));
    // Read when a channel is made.
    process.env.grpc_proxy = program.proxy;
    through = new Client(`localhost:${port}`, credentials.createSsl(readFileSync(program.ca)));
    delete process.env.grpc_proxy;
  });
  afterAll(async () => {
    direct.close();
    through.close();
    server.forceShutdown();
    const { code } = await program.stop();
    folder.remove();
    expect(code).toBe(0);
  });

  async function recorded(path: string): Promise<Exchange> {
    const found = await storedExchange(
      folder.path,
      program.session,
      path,
      (exchange) => (exchange?.response?.trailers.length ?? 0) > 0 || (exchange?.endedAt ?? null) !== null,
    );
    if (found === undefined) throw new Error('not recorded');
    return found;
  }

  test.each(CALLS)('%s: same messages, metadata and status; recorded message by message', async (_name, path, call, up, down) => {
    const heard = await call(through);
    expect(heard).toEqual(await call(direct));
    expect(heard.messages).toHaveLength(down);
    expect(heard.trailer).toEqual(['7', Buffer.from([0, 255, 10])]);
    const { request, response, messages, failure } = await recorded(path);
    expect(request).toMatchObject({ method: 'POST', httpVersion: '2', url: `https://localhost:${port}${path}` });
    expect(request.headers).toContainEqual(['x-app', 'lab-client']);
    const sent = messages.filter(({ direction }) => direction === 'request');
    expect(messages.every(({ kind }) => kind === 'grpc')).toBe(true);
    expect([sent.length, messages.length - sent.length]).toEqual([up, down]);
    expect(textOf(sent[0]?.body.bytes ?? new Uint8Array(0))).toBe(`tel ${PHONE}`);
    expect(messages.filter(({ direction }) => direction === 'response').map(({ body }) => textOf(body.bytes))).toEqual(heard.messages);
    const ends = [...(response?.trailers ?? []), ...(response?.headers ?? [])];
    expect(ends).toContainEqual(['grpc-status', String(heard.code)]);
    expect(failure).toBeNull();
  });

  test('the phone number inside the protobuf is a finding with its field', async () => {
    interface Answer {
      readonly findings: ReadonlyArray<{ readonly id: string; readonly dataType: string; readonly grade: string; readonly count: number }>;
    }
    const answer = await until(
      () => program.api(`/api/sessions/${program.session}`) as Promise<Answer>,
      ({ findings }) => (findings.find(({ dataType }) => dataType === 'phone_number')?.count ?? 0) >= CALLS.length,
    );
    const finding = answer.findings.find(({ dataType }) => dataType === 'phone_number');
    expect(finding?.grade).toBe('confirmed');
    const store = openStore({ dir: join(folder.path, 'data'), readOnly: true });
    try {
      const paths = [...store.occurrences(program.session, finding?.id ?? '')].map(({ path }) => path);
      expect(new Set(paths)).toEqual(new Set(['grpc[0]|protobuf.1']));
    } finally {
      store.close();
    }
  });
});
