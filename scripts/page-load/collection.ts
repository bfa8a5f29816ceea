/**
 * What a program holds when its garbage is gone: opens its inspector on loopback by SIGUSR1 and has every thread collect, so that what
 * V8 has merely not tidied up yet is not taken for growth (nor growth for untidiness).
 */
import { get } from 'node:http';
import { createServer } from 'node:net';
import { WebSocket } from 'ws';
import { residentMiB } from './figures.js';

const TRIES = 50;
const PAUSE_MS = 100;
/** Pages go back to the system a little after the collection. */
const SETTLE_MS = 2_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** @returns a port of loopback that nobody listens on now; the program's inspector gets it by `NODE_OPTIONS=--inspect-port`. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function targets(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/json/list' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

async function inspectorOf(pid: number, port: number): Promise<string> {
  process.kill(pid, 'SIGUSR1');
  for (let tried = 1; ; tried += 1) {
    try {
      const [first] = JSON.parse(await targets(port)) as Array<{ webSocketDebuggerUrl: string }>;
      if (first !== undefined) return first.webSocketDebuggerUrl;
    } catch (error) {
      if (tried === TRIES) throw error;
    }
    await pause(PAUSE_MS);
  }
}

interface Word {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string };
}

/** @returns resident MiB after every thread of the program has collected its garbage. */
export async function collected(pid: number, port: number): Promise<number> {
  const socket = new WebSocket(await inspectorOf(pid, port));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const threads: string[] = [];
  const answered = new Map<number, () => void>();
  socket.on('message', (data: Buffer) => {
    const word = JSON.parse(data.toString()) as Word;
    if (word.method === 'NodeWorker.attachedToWorker' && word.params?.sessionId !== undefined) threads.push(word.params.sessionId);
    if (word.id !== undefined) answered.get(word.id)?.();
  });
  let id = 0;
  const ask = (method: string, params: object = {}) => {
    id += 1;
    const done = new Promise<void>((resolve) => answered.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    return done;
  };
  await ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
  await ask('HeapProfiler.collectGarbage');
  const message = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });
  for (const sessionId of threads) await ask('NodeWorker.sendMessageToWorker', { sessionId, message });
  await pause(SETTLE_MS);
  await ask('NodeWorker.disable');
  socket.close();
  return residentMiB(pid);
}
