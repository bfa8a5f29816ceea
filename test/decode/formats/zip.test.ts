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
