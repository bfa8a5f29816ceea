import { createCipheriv, createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { opened } from '../sample.js';

const SIGNATURE = createHash('sha256').update('a phone').digest();
const log = (padding = '') => JSON.stringify({ header: { umid: 'f1e2d3c4', device_model: 'MI 8' }, analytics: { note: padding } });

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
const text = (content: Buffer | string) => {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([0x18]), varint(bytes.length), bytes]);
};
const integer = (value: number) => Buffer.concat([Buffer.from([0x15]), varint(value * 2)]);

/** Written from the declaration of the struct: ten fields, each one number above the last. */
function envelope(entity: Buffer, codex: number): Buffer {
  return Buffer.concat([
    text('1.0'),
    text('5f0000000000000000000000'),
    text(SIGNATURE.toString('hex').toUpperCase()),
    integer(3),
    integer(1_700_000_000),
    integer(entity.length),
    text(entity),
    text(createHash('sha256').update('guid').digest('hex')),
    text(createHash('md5').update('sum').digest('hex')),
    integer(codex),
    Buffer.from([0]),
  ]);
}
function sealed(plain: Buffer): Buffer {
  const cipher = createCipheriv(
    'aes-128-cbc',
    SIGNATURE.subarray(1, 17),
    Buffer.from('0a010b05040f07091703010608 0c0d5b'.replace(' ', ''), 'hex'),
  );
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

test('the log inside the envelope, whatever its length', () => {
  for (const padding of ['', 'x'.repeat(40), createHash('sha512').update('long').digest('hex').repeat(20)])
    expect(opened(envelope(deflateSync(log(padding)), 0), 'envelope/json')).toMatchObject({
      'body|umeng.version': '1.0',
      'body|umeng.address': '5f0000000000000000000000',
      'body|umeng.serial_num': '3',
      'body|umeng.ts_secs': '1700000000',
      'body|umeng.entity|deflate|json$.header.umid': 'f1e2d3c4',
      'body|umeng.entity|deflate|json$.header.device_model': 'MI 8',
    });
});

test('an encrypted log opens with the key that the message carries', () => {
  expect(opened(envelope(sealed(deflateSync(log())), 1), 'envelope/json')).toMatchObject({
    'body|umeng.entity|aes-128-cbc|deflate|json$.header.umid': 'f1e2d3c4',
  });
});

test('a log under another key stays what it is, and is not taken for read', () => {
  const strange = createHash('sha512').update('strange').digest();
  const decoded = decodeBytes(envelope(Buffer.concat([strange, strange]), 1), 'body');
  expect(decoded.fields.some(({ path }) => path.includes('aes-128-cbc'))).toBe(false);
  expect(decoded.fields.find(({ path }) => path === 'body|umeng.entity')).toMatchObject({ kind: 'binary' });
});

test('lengths that lie, a cut end and more behind the end are no envelope', () => {
  const whole = envelope(deflateSync(log()), 0);
  const steps = (bytes: Buffer) => decodeBytes(bytes, 'body').fields.flatMap((field) => field.steps);
  expect(steps(whole)).toContain('umeng');
  const lying = Buffer.from(whole);
  lying[6] = 0xff;
  for (const broken of [whole.subarray(0, -1), whole.subarray(0, 60), Buffer.concat([whole, whole]), lying])
    expect(steps(broken)).not.toContain('umeng');
});
