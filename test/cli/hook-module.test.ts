import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModule } from '../../src/cli/hook-module.js';
import { limits } from '../../src/limits.js';

const CODE = 'export const open = (bytes) => bytes;\n';
let home = '';
let persona = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'overreach-hook-'));
  mkdirSync(join(home, 'lab', 'hooks'), { recursive: true });
  persona = join(home, 'lab', 'persona.yaml');
  writeFileSync(join(home, 'lab', 'open.mjs'), CODE);
  writeFileSync(join(home, 'lab', 'hooks', '解密.mjs'), CODE);
  writeFileSync(join(home, 'lab', 'large.mjs'), ' '.repeat(limits.hookFile + 1));
  writeFileSync(join(home, 'lab', 'latin1.mjs'), Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]));
  writeFileSync(join(home, 'lab', 'none.mjs'), 'export default 1;\n');
  writeFileSync(join(home, 'outside.mjs'), CODE);
  symlinkSync(join(home, 'outside.mjs'), join(home, 'lab', 'link.mjs'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const open = (file: string, allowed = true) => openModule({ file, where: 'api.example.test' }, persona, allowed);

test('a module beside the persona file, with the digest of the very bytes that run', () => {
  const sha256 = createHash('sha256').update(CODE).digest('hex');
  expect(open('./open.mjs')).toEqual({ file: './open.mjs', step: 'hook-open', sha256, code: CODE, where: 'api.example.test' });
  expect(open('hooks/解密.mjs').step).toBe(`hook-${sha256.slice(0, 8)}`);
});

test('nothing is read where it was not allowed', () => {
  expect(() => open('./open.mjs', false)).toThrowError(expect.objectContaining({ code: 'OVR_HOOK_ALLOW' }));
  expect(() => open('./missing.mjs', false)).toThrowError(expect.objectContaining({ code: 'OVR_HOOK_ALLOW' }));
});

test.each([
  ['../outside.mjs', 'outside the folder'],
  ['./link.mjs', 'outside the folder'],
  ['./missing.mjs', 'cannot be read'],
  ['./hooks', 'cannot be read'],
  ['./large.mjs', 'at most'],
  ['./latin1.mjs', 'is not UTF-8'],
  ['./none.mjs', 'exports no function "open"'],
])('%s is refused: %s', (file, reason) => {
  expect(() => open(file)).toThrowError(expect.objectContaining({ code: 'OVR_HOOK_MODULE', message: expect.stringContaining(reason) }));
});

test('an absolute path is refused, wherever it leads', () => {
  expect(() => open(join(home, 'lab', 'open.mjs'))).toThrowError(expect.objectContaining({ code: 'OVR_HOOK_MODULE' }));
});
