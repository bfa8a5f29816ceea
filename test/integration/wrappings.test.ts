import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { ReportFinding, SessionReport } from '../../src/model/report.js';
import { ANSWERED } from './answered.js';
import { runProgram, temporaryFolder } from './program.js';

/** Wrappings that were not opened, and values that were called what they are not, each through `check` as a user runs it. */
const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Sent {
  /** Receiver, so that every case has findings of its own. */
  readonly host: string;
  readonly mime: string;
  readonly body: Buffer | string;
}

function har(sent: readonly Sent[]): string {
  const entries = sent.map(({ host, mime, body }) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    time: 1,
    request: {
      method: 'POST',
      url: `https://${host}.example/v1`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'Content-Type', value: mime }],
      queryString: [],
      headersSize: -1,
      bodySize: Buffer.byteLength(body),
      postData: { mimeType: mime, text: Buffer.from(body).toString('base64'), encoding: 'base64' },
    },
    ...ANSWERED,
  }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } });
}

async function findings(name: string, sent: readonly Sent[], ...args: readonly string[]): Promise<Map<string, ReportFinding[]>> {
  writeFileSync(join(folder.path, name), har(sent));
  const { stdout } = await runProgram(folder.path, ['check', name, '--category', 'news', '--json', ...args]);
  const found = new Map<string, ReportFinding[]>();
  for (const finding of (JSON.parse(stdout) as SessionReport).findings) {
    const host = finding.party.host.replace('.example', '');
    found.set(host, [...(found.get(host) ?? []), finding]);
  }
  return found;
}

const PHONE = '13788219034';
const JSON_TYPE = 'application/json';
const document = Buffer.from(JSON.stringify({ event: 'open', mobile: PHONE }));
/** An archive of NSKeyedArchiver, `{ mobile: PHONE }` and more, written by Python's plistlib. */
const ARCHIVE =
  'YnBsaXN0MDDUAQIDBAUGOTxZJGFyY2hpdmVyWCRvYmplY3RzVCR0b3BYJHZlcnNpb25fEA9OU0tleWVkQXJjaGl2ZXKuBwgVFhcYHB0lKS8yNTZVJG51bGzTCQoLDA0RViRjbGFzc1dOUy5rZXlzWk5TLm9iamVjdHOACaMODxCAAoAEgAajEhMUgAOABYAHVm1vYmlsZVsxMzc4ODIxOTAzNFdkZXZpY2Vz0gkLGRqACqEbgAhUdXNlctQJHh8gISIjJFNhZ2VYbmlja05hbWVUbm9uZYALEB6ADIAA0gkmJyhZTlMuc3RyaW5ngA1WaVBob25l0iorLC1YJGNsYXNzZXNaJGNsYXNzbmFtZaItLlxOU0RpY3Rpb25hcnlYTlNPYmplY3TSKiswMaIxLldOU0FycmF50iorMzSiNC5UVXNlclRDaWNp0iorNzihOF8QD05TTXV0YWJsZVN0cmluZ9E6O1Ryb290gAESAAGGoAAIABEAGwAkACkAMgBEAFMAWQBgAGcAbwB6AHwAgACCAIQAhgCKAIwAjgCQAJcAowCrALAAsgC0ALYAuwDEAMgA0QDWANgA2gDcAN4A4wDtAO8A9gD7AQQBDwESAR8BKAEtATABOAE9AUABRQFKAU8BUQFjAWYBawFtAAAAAAAAAgEAAAAAAAAAPQAAAAAAAAAAAAAAAAAAAXI=';

/** A telephone's HEIC photograph as its boxes lie: the table of items (`infe` of type Exif, no name), then the item, MM byte order. */
function heic(): Buffer {
  const tiff = Buffer.alloc(130);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    tiff.writeUInt32BE(value, at + 8);
  };
  tiff.writeUInt16BE(1, 8);
  entry(10, 34853, 4, 1, 26);
  tiff.writeUInt16BE(4, 26);
  entry(28, 1, 2, 2, 0x4e000000);
  entry(40, 2, 5, 3, 80);
  entry(52, 3, 2, 2, 0x45000000);
  entry(64, 4, 5, 3, 104);
  for (const [index, value] of [31, 1, 13, 1, 4950, 100, 121, 1, 28, 1, 2532, 100].entries()) tiff.writeUInt32BE(value, 80 + index * 4);
  const head = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x15infe\x02\0\0\0\0\x01\0\0Exif\0\0\0\0\x1ailoc', 'latin1');
  return Buffer.concat([head, Buffer.alloc(60), Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'), tiff]);
}

const OPENED: ReadonlyArray<Sent & { readonly type: string; readonly path: string }> = [
  {
    host: 'json-seq',
    mime: 'application/json-seq',
    body: `\x1e{"event":"open"}\n\x1e${document}\n`,
    type: 'phone_number',
    path: 'body|ndjson[1].mobile',
  },
  { host: 'double', mime: JSON_TYPE, body: '{"mobile":1.3788219034E10}', type: 'phone_number', path: 'body.$.mobile' },
  {
    host: 'plist',
    mime: 'text/xml',
    body: `<?xml version="1.0"?><plist version="1.0"><dict><key>mobile</key><string>${PHONE}</string></dict></plist>`,
    type: 'phone_number',
    path: 'body|plist.mobile',
  },
  {
    host: 'archive',
    mime: 'application/octet-stream',
    body: Buffer.from(ARCHIVE, 'base64'),
    type: 'phone_number',
    path: 'body|bplist.$top.root.mobile',
  },
  {
    host: 'framed',
    mime: 'application/octet-stream',
    body: Buffer.concat([Buffer.from([0, 0, 0, document.length]), gzipSync(document)]),
    type: 'phone_number',
    path: 'body|skip-4|gzip|json$.mobile',
  },
  { host: 'photo', mime: 'image/heic', body: heic(), type: 'photo_exif_gps', path: 'body|exif.GPSLatitude' },
];

test('what was wrapped in ways that nobody had opened is found, with the way there', async () => {
  const found = await findings('opened.har', OPENED);
  for (const { host, type, path } of OPENED)
    expect(
      found.get(host)?.map((finding) => `${finding.dataType} ${finding.grade} ${finding.occurrences[0]?.path}`),
      host,
    ).toContain(`${type} probable ${path}`);
});

test('numbers of documents, cards and mailboxes of functions are no one’s identity', async () => {
  const values: ReadonlyArray<readonly [key: string, value: string]> = [
    ['title', '文2026001'],
    ['subject', '文字第20260101号'],
    ['plate', '军A12345'],
    ['card_id', '75182218'],
    ['center', '0.5,0.5'],
    ['noreply', 'noreply@example.com'],
    ['feedback_email', 'feedback@example.com'],
  ];
  const sent = values.map(([key, value], index) => ({
    host: `benign${index}`,
    mime: JSON_TYPE,
    body: JSON.stringify({ event: 'open', [key]: value }),
  }));
  const found = await findings('benign.har', sent);
  expect([...found.values()].flat().map(({ dataType, grade, party }) => `${party.host} ${dataType} ${grade}`)).toEqual([]);
});

// Incident: who had entered where the phone was got a place for a photograph's, and lost the check on places in photographs.
test('a known place in a photograph is a photograph’s place, and proven', async () => {
  writeFileSync(join(folder.path, 'persona.yaml'), 'location_precise: ["31.230416,121.473701"]\n');
  const photo = { host: 'photo', mime: 'image/heic', body: heic() };
  const found = (await findings('photo.har', [photo], '--persona', 'persona.yaml')).get('photo') ?? [];
  const place = found.find(({ dataType }) => dataType === 'photo_exif_gps');
  expect(place).toMatchObject({ grade: 'confirmed', verdict: 'beyond_necessary' });
  expect(place?.issues.map(({ check }) => check)).toContain('location_in_photo');
  expect(found.map(({ dataType }) => dataType)).not.toContain('location_precise');
});

// Incident: without a Host header, as over HTTP/2, a device's number as a subdomain was nowhere.
test('a known value as a subdomain', async () => {
  writeFileSync(join(folder.path, 'device.yaml'), 'android_id: "feedc0de64d6c5db"\n');
  const sent = { host: 'feedc0de64d6c5db.push', mime: JSON_TYPE, body: '{"event":"open"}' };
  const [finding] = [...(await findings('subdomain.har', [sent], '--persona', 'device.yaml')).values()].flat();
  expect(finding).toMatchObject({ dataType: 'android_id', grade: 'confirmed', occurrences: [{ path: 'url.host' }] });
});

/** Every payload that nobody can read; none of them may count as looked at. */
const UNREAD: ReadonlyArray<Sent & { readonly path: string }> = [
  { host: 'versioned', mime: JSON_TYPE, body: JSON.stringify({ message: `2${noise(300)}` }), path: 'body.$.message' },
  { host: 'signs', mime: JSON_TYPE, body: JSON.stringify({ d: noise(300).replaceAll('A', '!').replaceAll('b', '~') }), path: 'body.$.d' },
  { host: 'short', mime: 'application/octet-stream', body: Buffer.from(noise(32), 'base64'), path: 'body' },
  {
    host: 'numbers',
    mime: 'application/octet-stream',
    body: Buffer.from('0102fffe00000004a21f35ea00000ffe0102030405060708fefdfc', 'hex'),
    path: 'body',
  },
  {
    host: 'xz',
    mime: 'application/octet-stream',
    body: Buffer.concat([Buffer.from('fd377a585a000004', 'hex'), Buffer.alloc(60, 'ab')]),
    path: 'body',
  },
  { host: 'picture', mime: 'image/webp', body: Buffer.from(noise(120), 'base64'), path: 'body' },
  {
    host: 'behind',
    mime: 'application/octet-stream',
    body: Buffer.concat([gzipSync('{"event":"open"}'), Buffer.from(noise(96), 'base64')]),
    path: `body|skip-${gzipSync('{"event":"open"}').length}`,
  },
];

/** Base64 of bytes that look like a cipher text, the same in every run. */
function noise(bytes: number): string {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, n) => createHash('sha256').update(`block ${n}`).digest());
  return Buffer.concat(blocks).subarray(0, bytes).toString('base64');
}

// Incident: a letter before a payload, a weak scrambling or an unknown format, and the message counted as looked at with nothing in it.
test('what nobody can read is told', async () => {
  const found = await findings('unread.har', UNREAD);
  for (const { host, path } of UNREAD)
    expect(
      found.get(host)?.map(({ grade, occurrences }) => `${grade} ${occurrences[0]?.path}`),
      host,
    ).toContain(`opaque ${path}`);
});

// Incident: of several known values that stood in no field, as in a comment, only one was reported.
test('all known values of a layer are reported', async () => {
  writeFileSync(join(folder.path, 'two.yaml'), `phone_number: "${PHONE}"\nimei: "490154203237518"\n`);
  const body = `<r><!-- imei=490154203237518 --><a>1</a><!-- ${PHONE} --></r>`;
  const found = (await findings('two.har', [{ host: 'comment', mime: 'text/xml', body }], '--persona', 'two.yaml')).get('comment') ?? [];
  expect(found.map(({ dataType, grade }) => `${dataType} ${grade}`).sort()).toEqual(['imei confirmed', 'phone_number confirmed']);
});
