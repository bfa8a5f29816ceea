import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { HookThreads } from '../../src/cli/hook-runner.js';
import type { HookContext } from '../../src/model/hook.js';
import type { PersonaModule } from '../../src/model/session.js';

const ABOUT: HookContext = { host: 'api.example.test', path: '/v1', headers: { 'x-seed': '7' }, field: 'body' };
const QUICK = { hookMs: 300, hookMessageMs: 1_000, hookOverruns: 2, hookOutput: 1_000 };
let threads = new HookThreads(QUICK);
afterEach(() => {
  threads.close();
  threads = new HookThreads(QUICK);
});

function moduleOf(code: string, step = 'hook-open'): PersonaModule {
  return { file: './open.mjs', step, sha256: createHash('sha256').update(code).digest('hex'), code, where: null };
}

const of = (text: string) => new Uint8Array(Buffer.from(text));

function asked(code: string, text = 'abc', about = ABOUT) {
  return threads.begin()(moduleOf(code), Buffer.from(text), about);
}

test('an ES module answers before the call returns: bytes, or null for what is not its own', () => {
  expect(asked('export function open(bytes) { return bytes.map((byte) => byte ^ 1); }')).toEqual({ bytes: of('`cb') });
  expect(asked('export const open = () => null;')).toBeNull();
  expect(asked('export const open = () => {};')).toBeNull();
});

test('it may use the node: modules, and is told where the bytes stood', () => {
  const code = `import { createHash } from 'node:crypto';
    export const open = (bytes, { host, path, headers, field }) =>
      Buffer.from([host, path, headers['x-seed'], field, createHash('md5').update(bytes).digest('hex')].join(' '));`;
  const answer = asked(code);
  expect(answer !== null && 'bytes' in answer && Buffer.from(answer.bytes).toString()).toBe(
    'api.example.test /v1 7 body 900150983cd24fb0d6963f7d28e17f72',
  );
});

test('what is asked is a copy: a module that writes into it changes nothing', () => {
  const bytes = Buffer.from('abc');
  threads.begin()(moduleOf('export const open = (bytes) => { bytes.fill(0); return bytes; };'), bytes, ABOUT);
  expect(bytes.toString()).toBe('abc');
});

test.each([
  ['throws', "export const open = () => { throw new Error('bad padding'); };", 'hookFault', 'bad padding'],
  ['is asynchronous', 'export const open = async () => new Uint8Array(1);', 'hookFault', 'it is asynchronous'],
  ['answers a text', "export const open = () => 'abc';", 'hookFault', 'it answered neither bytes nor null'],
  ['answers too much', 'export const open = () => new Uint8Array(1001);', 'hookOutput', '1001 bytes'],
  ['never ends', 'export const open = () => { for (;;); };', 'hookMs', 'no answer within 300 ms'],
  ['ends its thread', 'export const open = () => process.exit(0);', 'hookMs', 'no answer within 300 ms'],
  [
    'takes all memory',
    'const kept = []; export const open = () => { for (;;) kept.push(new Array(1e5).fill({})); };',
    'hookMs',
    'no answer within 300 ms',
  ],
])('a module that %s has failed on these bytes, and on no others', (_, code, limit, detail) => {
  expect(asked(code)).toEqual({ failure: { step: 'hook-open', limit, detail } });
  expect(asked('export const open = (bytes) => bytes;', 'next')).toEqual({ bytes: of('next') });
});

test('after a stop the module is loaded anew; too many stops, and it is asked no more', () => {
  const module = moduleOf('export const open = (bytes) => { while (bytes[0] === 120); return bytes; };');
  const ask = () => threads.begin();
  expect(ask()(module, Buffer.from('x'), ABOUT)).toMatchObject({ failure: { limit: 'hookMs' } });
  expect(ask()(module, Buffer.from('fine'), ABOUT)).toEqual({ bytes: of('fine') });
  expect(ask()(module, Buffer.from('x'), ABOUT)).toMatchObject({ failure: { limit: 'hookMs' } });
  expect(ask()(module, Buffer.from('fine'), ABOUT)).toEqual({
    failure: { step: 'hook-open', limit: 'hookMs', detail: 'it was too slow too often and is asked no more' },
  });
});

test('the questions of one message share a time', () => {
  const module = moduleOf('export const open = (bytes) => { const end = Date.now() + 40; while (Date.now() < end); return bytes; };');
  const spare = new HookThreads({ ...QUICK, hookMessageMs: 60 });
  try {
    const ask = spare.begin();
    const limits = [1, 2, 3].map(() => {
      const answer = ask(module, Buffer.from('a'), ABOUT);
      return answer !== null && 'failure' in answer ? answer.failure.limit : 'answered';
    });
    expect(limits).toEqual(['answered', 'answered', 'hookMessageMs']);
    expect(spare.begin()(module, Buffer.from('a'), ABOUT)).toHaveProperty('bytes');
  } finally {
    spare.close();
  }
});

test.each([
  ['no function', 'export const key = 1;', 'it exports no function "open"'],
  ['broken code', 'export function open( {', 'Unexpected'],
  ['another file', "import './other.mjs'; export const open = () => null;", 'other.mjs'],
  ['a package', "import 'yaml'; export const open = () => null;", 'yaml'],
])('a module with %s is refused when it is loaded', (_, code, reason) => {
  expect(threads.prove(moduleOf(code))).toContain(reason);
  expect(asked(code)).toMatchObject({ failure: { limit: 'hookFault' } });
});

test('its output and the environment are kept from it: reports go to stdout, secrets stand in the environment', () => {
  process.env.OVERREACH_TEST_SECRET = 'x';
  try {
    const code = "console.log('noise'); export const open = () => Buffer.from(String(Object.keys(process.env).length));";
    expect(asked(code)).toEqual({ bytes: of('0') });
  } finally {
    delete process.env.OVERREACH_TEST_SECRET;
  }
});
