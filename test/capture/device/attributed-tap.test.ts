import { expect, onTestFinished, test, vi } from 'vitest';
import { attributedTap } from '../../../src/capture/device/attributed-tap.js';
import { limits } from '../../../src/limits.js';
import type { Client, PhoneApp } from '../../../src/model/exchange.js';
import type { TapEvent } from '../../../src/model/tap.js';

const open = (connection: string, user: string | null = null): TapEvent => ({
  type: 'open',
  connection,
  at: 0,
  client: { address: '192.168.1.5', port: 40_001, user },
  host: 'app.test',
  port: 443,
  serverAddress: null,
  layer: 'tls',
  sni: null,
  alpn: null,
  reach: 'decrypted',
  cause: null,
});
const app = (name: string): PhoneApp => ({ uid: 10_123, packages: [name], system: false });
const bytes = (connection: string, size = 1): TapEvent => ({
  type: 'bytes',
  connection,
  at: 0,
  direction: 'up',
  bytes: new Uint8Array(size),
});
const close = (connection: string): TapEvent => ({ type: 'close', connection, at: 0, bytesUp: 1, bytesDown: 0, failure: null });

function setUp() {
  const seen: TapEvent[] = [];
  const problems: unknown[] = [];
  const asked: Client[] = [];
  const answers: Array<{ resolve: (app: PhoneApp | null) => void; reject: (error: Error) => void }> = [];
  const { tap, settle } = attributedTap({
    forward: (event) => seen.push(event),
    appOf: (client) => {
      asked.push(client);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    onProblem: (error) => problems.push(error),
  });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  const shown = () =>
    seen.map((event) => `${event.connection} ${event.type}${event.type === 'open' ? ` ${event.client.app?.packages[0] ?? null}` : ''}`);
  return { tap, settle, seen, problems, asked, answers, turn, shown };
}

test('a connection waits for its name, in order; another does not wait for it', async () => {
  const { tap, answers, turn, shown } = setUp();
  tap(open('a'));
  tap(bytes('a'));
  tap(open('b'));
  tap(close('a'));
  expect(shown()).toEqual([]);
  answers[1]?.resolve(null);
  await turn();
  expect(shown()).toEqual(['b open null']);
  tap(bytes('b'));
  answers[0]?.resolve(app('com.example.shop'));
  await turn();
  expect(shown()).toEqual(['b open null', 'b bytes', 'a open com.example.shop', 'a bytes', 'a close']);
});

test('a user name does not spare the question: a password for all says nothing of the app', async () => {
  const { tap, answers, turn, seen } = setUp();
  tap(open('a', 'tester'));
  answers[0]?.resolve(app('com.example.shop'));
  await turn();
  expect(seen[0]).toMatchObject({ client: { user: 'tester', app: { packages: ['com.example.shop'] } } });
});

test('a phone that is gone is reported once, and nothing is lost', async () => {
  const { tap, answers, problems, turn, shown } = setUp();
  for (const id of ['a', 'b']) tap(open(id));
  for (const answer of answers) answer.reject(new Error('unplugged'));
  await turn();
  expect(problems).toHaveLength(1);
  expect(shown()).toEqual(['a open null', 'b open null']);
});

test('incident: past the bound every app lost its name in silence, and counted for the one under test; now the largest does, and it is told', async () => {
  const { tap, answers, turn, shown, problems } = setUp();
  tap(open('a'));
  tap(open('b'));
  tap(bytes('a', limits.adbHeld));
  expect(shown()).toEqual([]);
  tap(bytes('b'));
  expect(shown()).toEqual(['a open null', 'a bytes']);
  expect(problems).toMatchObject([{ code: 'OVR_ADB_LIMIT' }]);
  answers[0]?.resolve(app('late'));
  answers[1]?.resolve(app('com.example.shop'));
  await turn();
  expect(shown().slice(2)).toEqual(['b open com.example.shop', 'b bytes']);
  expect(problems).toHaveLength(1);
  tap(close('a'));
  expect(shown().at(-1)).toBe('a close');
});

test('incident: what waited for its name when a session was ended in the page was in no session', async () => {
  const { tap, settle, answers, shown } = setUp();
  tap(open('a'));
  tap(bytes('a'));
  const settled = settle();
  tap(open('after'));
  answers[0]?.resolve(app('com.example.shop'));
  await settled;
  expect(shown(), 'what came later is of later').toEqual(['a open com.example.shop', 'a bytes']);
});

test('the end of a session waits for a phone that does not answer, but not for ever', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { tap, settle, shown } = setUp();
  tap(open('a'));
  tap(close('a'));
  const settled = settle();
  await vi.advanceTimersByTimeAsync(limits.adbLastMs);
  await settled;
  expect(shown()).toEqual(['a open null', 'a close']);
  await settle();
});
