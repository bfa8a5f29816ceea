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
