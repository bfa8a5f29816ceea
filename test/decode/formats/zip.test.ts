import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { opened, request } from '../sample.js';

/** Written by Python's zipfile: two deflated entries, one stored. */
const SAMPLE =
  'UEsDBBQAAAAIAGiWdV3cV6V9EgAAABoAAAAKAAAAbG9nL2EuanNvbqtWysxNzVSyUrIwM0AChkq1AFBLAwQUAAAACABolnVdmw1/ExkAAAA/AAAACAAAAG5vdGUudHh0K8hJzMxTKM8vSilWADISFdIyc1ILiBYEAFBLAwQUAAAAAAAAACEAMbpyag4AAAAOAAAACgAAAHN0b3JlZC50eHRub3QgY29tcHJlc3NlZFBLAQIUAxQAAAAIAGiWdV3cV6V9EgAAABoAAAAKAAAAAAAAAAAAAACAAQAAAABsb2cvYS5qc29uUEsBAhQDFAAAAAgAaJZ1XZsNfxMZAAAAPwAAAAgAAAAAAAAAAAAAAIABOgAAAG5vdGUudHh0UEsBAhQDFAAAAAAAAAAhADG6cmoOAAAADgAAAAoAAAAAAAAAAAAAAIABeQAAAHN0b3JlZC50eHRQSwUGAAAAAAMAAwCmAAAArwAAAAAA';

test('entries by name, taken apart further', () => {
  expect(opened(Buffer.from(SAMPLE, 'base64'))).toMatchObject({
    'body|zip["log/a.json"]|json$.imei': '860000000000001',
    'body|zip["note.txt"]': 'plain words in a file'.repeat(3),
    'body|zip["stored.txt"]': 'not compressed',
  });
});

test('the archive stays a file as well, and is not opaque', () => {
  const decoded = decodeRequest(request({ body: Buffer.from(SAMPLE, 'base64') }));
  expect(decoded.fields.find((field) => field.path === 'body')).toMatchObject({ kind: 'binary', opened: true });
  expect(decoded.opaque).toEqual([]);
});

test('damaged directories end the reading', () => {
  const bytes = Buffer.from(SAMPLE, 'base64');
  for (let at = 0; at < bytes.length; at += 3) {
    const broken = Buffer.from(bytes);
    broken[at] = 0xff;
    expect(() => decodeRequest(request({ body: broken }))).not.toThrow();
  }
});

test('an entry that is encrypted, or packed in a way that is not read, counts as unread and not as nothing', () => {
  const noise = createHash('sha512').update('zip').digest();
  const content = Buffer.concat([noise, createHash('sha512').update(noise).digest()]);
  const archive = (flags: number, method: number) => {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(1, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt16LE(1, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(31 + content.length, 16);
    return Buffer.concat([local, Buffer.from('a'), content, central, Buffer.from('a'), end]);
  };
  for (const body of [archive(1, 8), archive(0, 14)])
    expect(decodeRequest(request({ body })).opaque).toMatchObject([{ path: 'body|zip.a', bytes: content.length }]);
});

test('log_archive_over_the_limit: the entries of an archive that was cut, whose directory is lost', () => {
  const whole = Buffer.from(SAMPLE, 'base64');
  const cut = (bytes: Buffer) =>
    Object.fromEntries(decodeRequest(request({ body: bytes, truncated: true })).fields.map((field) => [field.path, field.value]));
  expect(cut(whole.subarray(0, 171))).toMatchObject({
    'body|zip["log/a.json"]|json$.imei': '860000000000001',
    'body|zip["note.txt"]': 'plain words in a file'.repeat(3),
    'body|zip["stored.txt"]': 'not compre',
  });
  // As a stream is written: sizes are open, and stand behind the content.
  const open = Buffer.from(whole.subarray(0, 100));
  open.writeUInt16LE(8, 6);
  open.fill(0, 14, 26);
  expect(cut(open)).toMatchObject({ 'body|zip["log/a.json"]|json$.imei': '860000000000001' });
  for (let end = 5; end < whole.length; end += 7) expect(() => cut(whole.subarray(0, end))).not.toThrow();
  expect(Object.keys(opened(whole.subarray(0, 171))).filter((path) => path.startsWith('body|zip'))).toEqual([]);
});
