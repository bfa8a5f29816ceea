import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import harSchema from 'har-schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { harExchanges, parseHar } from '../../src/capture/har.js';
import { harText } from '../../src/cli/har-export.js';
import { writePieces } from '../../src/cli/output-file.js';
import { commandLine } from './recorded-cli.js';

/** Synthetic; chosen so that none is a part of anything else in the file. */
const PLANTED = {
  phone: '13900000007',
  imei: '490154203237518',
  name: '测试员甲',
  email: 'tester@person.example',
  oaid: '7f3a1c5e-0d2b-4e6f-8a9b-0c1d2e3f4a5b',
  lat: '31.230416',
  lng: '121.473701',
} as const;

const b64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const nested = b64(gzipSync(JSON.stringify({ imei: PLANTED.imei })));

interface Planted {
  url: string;
  headers?: Record<string, string>;
  mime?: string;
  text?: string;
  encoding?: 'base64';
  answer?: string;
}

const requests: readonly Planted[] = [
  { url: `https://a.example.test/u/${PLANTED.phone}?imei=${PLANTED.imei}&d=${b64(JSON.stringify({ oaid: PLANTED.oaid }))}&page=2` },
  {
    url: 'https://a.example.test/json',
    text: `{"user":{"name":"\\u6d4b\\u8bd5\\u5458\\u7532","phone":${PLANTED.phone},"email":"${PLANTED.email}"},"page":7,"lat":${PLANTED.lat},"lng":${PLANTED.lng}}`,
  },
  { url: 'https://a.example.test/nested', text: JSON.stringify({ data: nested, page: 3 }) },
  {
    url: 'https://a.example.test/form',
    mime: 'application/x-www-form-urlencoded',
    text: `phone=${PLANTED.phone}&name=${encodeURIComponent(PLANTED.name)}&keep=this`,
  },
  {
    url: 'https://a.example.test/gzip',
    headers: { 'Content-Encoding': 'gzip' },
    text: b64(gzipSync(`{"imei":"${PLANTED.imei}","keep":"inflated"}`)),
    encoding: 'base64',
  },
  {
    url: 'https://a.example.test/xml',
    mime: 'text/xml',
    text: `<r><phone>${PLANTED.phone}</phone><name>&#x6d4b;&#x8bd5;&#x5458;&#x7532;</name></r>`,
  },
  {
    url: 'https://a.example.test/opaque',
    mime: 'application/octet-stream',
    text: b64(Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 251))),
    encoding: 'base64',
  },
  {
    url: 'https://a.example.test/head',
    headers: {
      Cookie: `uid=${PLANTED.imei}; session=secret-login-token`,
      Authorization: 'Bearer secret-login-token',
      'X-Info': b64(JSON.stringify({ imei: PLANTED.imei })),
      Referer: `https://a.example.test/r?phone=${PLANTED.phone}`,
      'X-Device': `oaid=${PLANTED.oaid}`,
    },
    answer: JSON.stringify({ phone: PLANTED.phone, name: PLANTED.name }),
  },
];

const har = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: requests.map(({ url, headers = {}, mime = 'application/json', text, encoding, answer = '' }) => ({
      startedDateTime: '2026-01-01T00:00:00.000Z',
      time: 1,
      request: {
        method: text === undefined ? 'GET' : 'POST',
        url,
        httpVersion: 'HTTP/1.1',
        headers: Object.entries({ ...headers, ...(text === undefined ? {} : { 'Content-Type': mime }) }).map(([name, value]) => ({
          name,
          value,
        })),
        ...(text === undefined ? {} : { postData: { mimeType: mime, text, ...(encoding === undefined ? {} : { encoding }) } }),
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Set-Cookie', value: `sid=secret-login-token; Path=/` }],
        content: { size: answer.length, mimeType: 'application/json', text: answer },
      },
    })),
  },
});

const cli = commandLine();
beforeAll(async () => {
  const { phone, imei, name, email, oaid, lat, lng } = PLANTED;
  writeFileSync(
    join(cli.home, 'persona.yaml'),
    `phone_number: "${phone}"\nimei: "${imei}"\nreal_name: "${name}"\nemail: "${email}"\noaid: "${oaid}"\nlocation_precise: ["${lat},${lng}"]\n`,
  );
  writeFileSync(join(cli.home, 'a.har'), har);
  await cli.run('import', join(cli.home, 'a.har'), '--category', 'news', '--persona', join(cli.home, 'persona.yaml'));
});
afterAll(() => cli.remove());

/** A text and everything that base64 in it says, inflated where it can be: what somebody who looks would find. */
function everyReading(text: string): string {
  const found = [
    text,
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25')),
    text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  ];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g))
    found.push(Buffer.from(run, 'base64').toString('latin1'), Buffer.from(run, 'base64').toString('utf8'));
  return found.join('\n');
}

test('a masked recording holds none of the planted values, at any depth, and no credential', async () => {
  const { stdout } = await cli.run('report', 'latest', '--format', 'har');
  const readings = everyReading(stdout);
  for (const value of [...Object.values(PLANTED), nested, 'secret-login-token', '&#x6d4b;', b64(JSON.stringify({ imei: PLANTED.imei }))])
    expect(readings.includes(value), value).toBe(false);

  const { log } = JSON.parse(stdout) as {
    log: { comment: string; entries: Array<{ comment?: string; request: { url: string; headers: unknown; postData?: { text: string } } }> };
  };
  expect(log.comment).toContain('已脱敏');
  expect(log.entries).toHaveLength(requests.length);
  const [url, json, deep, form, gzip, xml, opaque, head] = log.entries;
  expect(url?.request.url).toMatch(
    /^https:\/\/a\.example\.test\/u\/\[phone_number:[0-9a-f]{8}\]\?imei=\[imei:[0-9a-f]{8}\]&d=\[oaid:[0-9a-f]{8}\]&page=2$/,
  );
  const user = JSON.parse(json?.request.postData?.text ?? '') as { user: Record<string, string>; page: number };
  expect(user.user.phone).toMatch(/^\[phone_number:/);
  expect(user.page).toBe(7);
  expect(deep?.comment).toContain('behind a decode step');
  expect(JSON.parse(deep?.request.postData?.text ?? '')).toMatchObject({
    evidence: [{ path: 'body.$.data|base64|gzip|json$.imei', value: expect.stringMatching(/^\[imei:[0-9a-f]{8}\]$/) }],
  });
  expect(form?.request.postData?.text).toMatch(/^phone=\[phone_number:[0-9a-f]{8}\]&name=\[\w+:[0-9a-f]{8}\]&keep=this$/);
  expect(gzip?.request.postData?.text).toMatch(/^\{"imei":"\[imei:[0-9a-f]{8}\]","keep":"inflated"\}$/);
  expect(xml?.request.postData?.text).toContain('left out');
  expect(opaque?.comment).toContain('request body left out');
  expect(JSON.stringify(head?.request.headers)).toMatch(/uid=\[imei:[0-9a-f]{8}\]; ?session=\[cookie\]/);
  expect(head?.comment).toContain('response body left out');
});

/** HAR 1.2 as JSON Schema (package `har-schema`); formats checked by hand, because they are three. */
function harValidator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(JSON.parse(readFileSync(createRequire(import.meta.url).resolve('ajv/dist/refs/json-schema-draft-06.json'), 'utf8')));
  ajv.addFormat('date-time', (value) => Number.isFinite(Date.parse(value)));
  ajv.addFormat('uri', (value) => URL.canParse(value));
  ajv.addFormat('ipv4', (value) => isIP(value) === 4);
  ajv.addFormat('ipv6', (value) => isIP(value) === 6);
  ajv.addSchema(Object.values(harSchema));
  const validate = ajv.getSchema('har.json#');
  if (validate === undefined) throw new Error('har-schema has no har.json');
  return (document: string) => (validate(JSON.parse(document)) ? [] : validate.errors);
}

test('masked and raw are valid HAR 1.2, and the validator can say no', async () => {
  const errors = harValidator();
  const out = join(cli.home, 'schema.har');
  await cli.run('report', 'latest', '--format', 'har', '--raw', '--yes', '--out', out);
  const { stdout } = await cli.run('report', 'latest', '--format', 'har');
  const raw = readFileSync(out, 'utf8');
  for (const document of [stdout, raw]) expect(errors(document)).toEqual([]);
  for (const broken of [raw.replace('"httpVersion"', '"version"'), raw.replace('"version":"1.2",', ''), raw.replace('https://', '')])
    expect(errors(broken)).not.toEqual([]);
});

test('it is a HAR: read back, it gives as many exchanges of the same methods and hosts', async () => {
  const { stdout } = await cli.run('report', 'latest', '--format', 'har');
  const exchanges = [...harExchanges([Buffer.from(stdout)], 'masked.har', () => undefined)];
  expect(exchanges.map(({ request }) => [request.method, new URL(request.url).host])).toEqual(
    requests.map(({ url, text }) => [text === undefined ? 'GET' : 'POST', new URL(url).host]),
  );
});

test('--raw wants --yes and a file; it is 0600, also over an older file, and says RAW', async () => {
  await expect(cli.run('report', 'latest', '--format', 'har', '--raw')).rejects.toMatchObject({ code: 'OVR_RAW', exit: 2 });
  await expect(cli.run('report', 'latest', '--format', 'har', '--raw', '--yes')).rejects.toMatchObject({ code: 'OVR_RAW' });
  await expect(cli.run('report', 'latest', '--format', 'html', '--raw', '--yes')).rejects.toMatchObject({ code: 'OVR_RAW' });
  const out = join(cli.home, 'raw.har');
  writeFileSync(out, 'older', { mode: 0o644 });
  await cli.run('report', 'latest', '--format', 'har', '--raw', '--yes', '--out', out);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const text = readFileSync(out, 'utf8');
  expect(text).toContain('RAW');
  expect(text).toContain(PLANTED.phone);
  expect(parseHar(text, 'raw.har')).toHaveLength(requests.length);
});

test('a masked recording that is checked again is no clean one: its values were taken out', async () => {
  const out = join(cli.home, 'masked.har');
  await cli.run('report', 'latest', '--format', 'har', '--out', out);
  const checked = await cli.run('check', out, '--category', 'ride_hailing', '--fail-on', 'none');
  expect(checked.code).toBe(3);
  expect(checked.stderr).toContain('OVR_HAR_MASKED');
});

test('no entries are a HAR too; a path that cannot be written is an input error', () => {
  expect(JSON.parse([...harText([], { raw: false })].join(''))).toMatchObject({ log: { version: '1.2', entries: [] } });
  expect(() => writePieces(join(cli.home, 'no', 'such'), ['x'], 0o600)).toThrow(/Cannot write/);
  const out = join(cli.home, 'half.har');
  writeFileSync(out, 'older');
  function* breaking() {
    yield 'new';
    throw new Error('broke');
  }
  expect(() => writePieces(out, breaking(), 0o644)).toThrow('broke');
  expect(readFileSync(out, 'utf8')).toBe('older');
});
