import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { isCallName, isFramed, unframed } from '../../src/decode/thrift.js';
import { limits } from '../../src/limits.js';
import { opened, request } from './sample.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const BINARY = 'application/x-thrift';
const COMPACT = 'application/vnd.apache.thrift.compact';

test('names that a call may have', () => {
  for (const name of ['report', 'Service:report', 'a.b_c2']) expect(isCallName(Buffer.from(name)), name).toBe(true);
  for (const name of ['', '2x', 'two words', 'x'.repeat(200)]) expect(isCallName(Buffer.from(name)), name).toBe(false);
});

test('a length before the document', () => {
  expect(isFramed(hex('00000003 616263'))).toBe(true);
  expect(isFramed(hex('00000004 616263'))).toBe(false);
  expect(unframed(hex('00000003 616263'))).toMatchObject({ step: 'skip-4', bytes: Buffer.from('abc') });
});

test('lengths that lie allocate nothing', () => {
  const lies = ['0b0001 7fffffff 41 00', '0f0001 0b 7fffffff 00', '0d0001 0b0b 7fffffff 00', '0f0001 02 ffffffff 00', '0b0001 ffffffff 00'];
  for (const lie of lies)
    expect(
      Object.keys(opened(hex(lie), BINARY)).filter((path) => path.includes('|thrift')),
      lie,
    ).toEqual([]);
  for (const lie of ['18 ffffffffff7f 00', '19 f8 ffffffff0f 00', '1b ffffffff0f 88 00', '18 ffffffffffffffffffff01 00'])
    expect(
      Object.keys(opened(hex(lie), COMPACT)).filter((path) => path.includes('|thrift')),
      lie,
    ).toEqual([]);
});

test('structs in one another without end', () => {
  const deep = (bytes: Buffer, type: string) => decodeRequest(request({ type, body: bytes })).limits.map(({ limit }) => limit);
  expect(deep(Buffer.concat(Array<Buffer>(50_000).fill(hex('0c0001'))), BINARY)).toEqual(['structDepth']);
  expect(deep(Buffer.alloc(100_000, 0x1c), COMPACT)).toEqual(['structDepth']);
});

test('a list that claims more elements than are kept ends with them', () => {
  const body = Buffer.concat([hex('0f0001 03 7fffffff'), Buffer.alloc(limits.decodeFields + 5_000, 7)]);
  expect(decodeRequest(request({ type: BINARY, body })).limits.map(({ limit }) => limit)).toContain('decodeFields');
});

test('the beginning of a body that was cut', () => {
  const body = hex('0b0001 0000000f 343930313534323033323337353138 080002 00000001 0b0003 000000ff 6162');
  const { fields } = decodeRequest(request({ type: 'application/octet-stream', body, truncated: true }));
  expect(fields.find(({ path }) => path === 'body|thrift.1')?.value).toBe('490154203237518');
});

test('keys that are texts or numbers; others are none', () => {
  expect(opened(hex('0d0001 080b 00000001 00000007 00000003 616263 00'), BINARY)).toMatchObject({ 'body|thrift.1.7': 'abc' });
  expect(Object.keys(opened(hex('0d0001 020b 00000001 01 00000003 616263 00'), BINARY)).some((path) => path.includes('|thrift'))).toBe(
    false,
  );
});
