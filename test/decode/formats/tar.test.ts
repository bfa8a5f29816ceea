import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { opened, request, values } from '../sample.js';

/** One entry as POSIX.1-1988 has it, written by hand. */
function entry(name: string, content: string | Buffer, { kind = '0', owner = '', size = Buffer.byteLength(content) } = {}): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0, 'utf8');
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.write(kind, 156, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  head.write(owner, 265, 'utf8');
  const body = Buffer.from(content);
  return Buffer.concat([head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}
const END = Buffer.alloc(1_024);
const DOCUMENT = '{"imei":"860000000000001"}';

test('files of an archive are read as bodies are, behind gzip too', () => {
  const archive = Buffer.concat([entry('log/a.json', DOCUMENT), entry('b.gz', gzipSync(DOCUMENT)), END]);
  for (const [body, before] of [
    [archive, 'body'],
    [gzipSync(archive), 'body|gzip'],
  ] as const) {
    const found = opened(body, 'application/octet-stream');
    expect(Object.entries(found).filter(([, value]) => value === '860000000000001')).toHaveLength(2);
    expect(Object.keys(found).filter((path) => path.startsWith(before)).length).toBeGreaterThan(1);
  }
  expect(opened(archive)).toMatchObject({ 'body|tar["log/a.json"]|json$.imei': '860000000000001' });
});

test('what describes an entry, and whose it is', () => {
  const found = values(
    decodeRequest(
      request({
        body: Buffer.concat([entry('a', '22 comment=some words\n', { kind: 'x' }), entry('a', 'hi there', { owner: 'lin' }), END]),
      }),
    ),
  );
  expect(Object.values(found)).toEqual(expect.arrayContaining(['22 comment=some words\n', 'lin', 'hi there']));
});

test('an archive that ends within an entry says so', () => {
  const cut = entry('a.json', DOCUMENT, { size: 9_000 });
  expect(decodeRequest(request({ body: cut })).limits.map(({ limit }) => limit)).toContain('bodyKept');
  expect(opened(entry('a', 'x', { size: Number.NaN }), 'application/x-tar')).toHaveProperty('body');
});

nearMisses('tar', { content: Buffer.concat([entry('a.json', DOCUMENT), END]) });
