import { expect, test } from 'vitest';
import { Work } from '../../src/decode/work.js';
import { unzip, zipEntries } from '../../src/decode/zip-entries.js';

/** Written by Python's zipfile: one deflated entry, `log/a.json`. */
const ARCHIVE = Buffer.from(
  'UEsDBBQAAAAIAGiWdV3cV6V9EgAAABoAAAAKAAAAbG9nL2EuanNvbqtWysxNzVSyUrIwM0AChkq1AFBLAQIUAxQAAAAIAGiWdV3cV6V9EgAAABoAAAAKAAAAAAAAAAAAAACAAQAAAABsb2cvYS5qc29uUEsFBgAAAAABAAEAOAAAADoAAAAAAA==',
  'base64',
);

test('entries by their directory, and from header to header where that is cut off', () => {
  const read = (bytes: Buffer, truncated: boolean) =>
    Array.from(zipEntries(bytes, truncated) ?? [], (entry) => [
      entry.name,
      Buffer.from(unzip(entry, 'body', new Work())?.bytes ?? []).toString(),
    ]);
  expect(read(ARCHIVE, false)).toEqual([['log/a.json', '{"imei":"860000000000001"}']]);
  expect(read(ARCHIVE.subarray(0, 58), true)).toEqual([['log/a.json', '{"imei":"860000000000001"}']]);
  expect(zipEntries(ARCHIVE.subarray(0, 58), false)).toBe(null);
});

test('what is encrypted, or packed in another way, is not read', () => {
  const [entry] = zipEntries(ARCHIVE, false) ?? [];
  expect(unzip({ ...entry!, flags: 1 }, 'body', new Work())).toBe(null);
  expect(unzip({ ...entry!, method: 14 }, 'body', new Work())).toBe(null);
  expect(unzip({ ...entry!, method: 0 }, 'body', new Work())?.isPacked).toBe(false);
});
