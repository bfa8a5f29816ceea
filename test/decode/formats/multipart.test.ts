import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { limits } from '../../../src/limits.js';
import { fieldAt, opened, request } from '../sample.js';

const CRLF = '\r\n';
function parts(boundary: string, ...list: ReadonlyArray<readonly [head: string, content: Uint8Array | string]>): Buffer {
  const chunks = list.flatMap(([head, content]) => [
    Buffer.from(`--${boundary}${CRLF}${head}${CRLF}${CRLF}`),
    Buffer.from(content as string),
    Buffer.from(CRLF),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--${CRLF}`)]);
}

test('fields, files, names and nested JSON', () => {
  const body = parts(
    'x-y',
    ['Content-Disposition: form-data; name="meta"', '{"imei":"1"}'],
    ['Content-Disposition: form-data; name="meta"', 'second'],
    [
      'Content-Disposition: form-data; name="照片"; filename="身份证.jpg"\r\nContent-Type: image/jpeg',
      Buffer.from([0xff, 0xd8, 0xff, 0, 13, 10]),
    ],
  );
  const decoded = decodeRequest(request({ type: 'multipart/form-data; boundary="x-y"', body }));
  expect(fieldAt(decoded, 'body.multipart.meta|json$.imei')).toMatchObject({
    value: '1',
    keys: ['meta', 'imei'],
    steps: ['multipart', 'json'],
  });
  expect(fieldAt(decoded, 'body.multipart.meta[1]').value).toBe('second');
  expect(fieldAt(decoded, 'body.multipart.照片')).toMatchObject({ kind: 'binary', bytes: Buffer.from([0xff, 0xd8, 0xff, 0, 13, 10]) });
  expect(fieldAt(decoded, 'body.multipart.照片.filename').value).toBe('身份证.jpg');
  expect(decoded.opaque).toEqual([]);
});

test('transfer encodings of old libraries', () => {
  const body = parts(
    'b',
    ['Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64', 'aGVsbG8gd29ybGQ='],
    ['Content-Disposition: form-data; name="b"\r\nContent-Transfer-Encoding: quoted-printable', 'caf=C3=A9 =\r\nau lait'],
  );
  expect(opened(body, 'multipart/form-data; boundary=b')).toMatchObject({
    'body.multipart.a|base64': 'hello world',
    'body.multipart.b|quoted-printable': 'café au lait',
  });
});

test('recognised without a content type, with bare line feeds, without an end', () => {
  expect(opened(parts('----Boundary', ['Content-Disposition: form-data; name="a"', 'v1']))).toMatchObject({ 'body.multipart.a': 'v1' });
  expect(opened('--q\nContent-Disposition: form-data; name="a"\n\nv2\n--q', 'multipart/form-data; boundary=q')).toMatchObject({
    'body.multipart.a': 'v2',
  });
  expect(opened('--q\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut of', 'multipart/form-data; boundary=q')).toMatchObject({
    'body.multipart.a': 'cut of',
  });
});

test('a hundred thousand parts end at the bound, and it is named', () => {
  const body = '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(20_000);
  const decoded = decodeRequest(request({ type: 'multipart/form-data; boundary=B', body }));
  expect(decoded.fields.filter((field) => field.part === 'body')).toHaveLength(limits.multipartParts);
  expect(decoded.limits).toEqual([{ path: 'body.multipart', limit: 'multipartParts' }]);
});

test('a header that goes on in the next line', () => {
  const text = '--b\r\nContent-Disposition: form-data;\r\n name="mobile"\r\n\r\n13900000000\r\n--b--\r\n';
  expect(opened(text, 'multipart/form-data; boundary=b')).toMatchObject({ 'body.multipart.mobile': '13900000000' });
});

const DECLARED = 'multipart/form-data; boundary=b';

test('incident: a value that holds the boundary was cut there, and the rest of it was lost', () => {
  for (const value of ['see --b below 13900000000', 'end--b--\r\n13900000000', 'x\r\n--by 13900000000'])
    expect(opened(parts('b', ['Content-Disposition: form-data; name="a"', value]), DECLARED)).toMatchObject({ 'body.multipart.a': value });
  const inner = parts('bc', ['Content-Disposition: form-data; name="q"', '13900000000']);
  expect(Object.values(opened(parts('b', ['Content-Type: multipart/mixed; boundary=bc', inner]), DECLARED))).toContain('13900000000');
});

test('incident: what stands before, behind and beside the parts was lost', () => {
  const body = Buffer.concat([
    Buffer.from('for 13900000000\r\n'),
    parts('b', [
      `Content-Disposition: form-data; name="a"; filename*=UTF-8''%E6%97%A5%E8%AE%B0.txt\r\nX-User: 860000000000001\r\nContent-ID: <a@b.example>`,
      'v',
    ]),
    Buffer.from('by li.na@example.com'),
  ]);
  expect(opened(body, DECLARED)).toMatchObject({
    'body.multipart|preamble': 'for 13900000000\r\n',
    'body.multipart.a': 'v',
    'body.multipart.a["filename*"]|percent': '日记.txt',
    'body.multipart.a.x-user': '860000000000001',
    'body.multipart|epilogue': 'by li.na@example.com',
  });
  expect(Object.keys(opened(body, DECLARED)).some((path) => path.includes('content-id'))).toBe(false);
});

test('incident: a part without headers, or without the empty line behind them, was lost', () => {
  const head = 'Content-Disposition: form-data; name="a"';
  const found = opened(`--b\r\n${head}\r\n\r\nv\r\n--b\r\n\r\n13900000000\r\n--b\r\n${head}\r\nli.na@example.com\r\n--b--\r\n`, DECLARED);
  expect(found).toMatchObject({ 'body.multipart.a': 'v', 'body.multipart[""]': '13900000000' });
  expect(found['body.multipart[""][1]']).toContain('li.na@example.com');
});

test('incident: bare line feeds without a content type, or under another boundary, were read as one text', () => {
  const text = '--qqq\nContent-Disposition: form-data; name="a"\n\nphone=13900000000&b=%E5%BC%A0\n--qqq--\n';
  for (const type of [undefined, 'multipart/form-data; boundary=zzz'])
    expect(opened(text, type)).toMatchObject({ 'body.multipart.a|form.phone': '13900000000', 'body.multipart.a|form.b': '张' });
});

test('incident: of parts with bare line feeds, what was inside was read by the empty line of another', () => {
  const inner = parts('inner', ['Content-Disposition: form-data; name="q"', '13900000000']);
  const body = Buffer.concat([Buffer.from('--b\nContent-Disposition: form-data; name="a"\n\n'), inner, Buffer.from('\n--b--\n')]);
  expect(opened(body, DECLARED)).toMatchObject({ 'body.multipart.a|multipart.q': '13900000000' });
});
