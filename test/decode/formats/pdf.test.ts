import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RULES_DIR } from '../../../src/cli/place.js';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { loadRulebook } from '../../../src/rulebook/load.js';
import { createAnalyst } from '../../../src/session/analyst.js';
import { onePage, pdf, toUnicode } from '../pdf-sample.js';
import { inside, opened, request } from '../sample.js';

const PHONE = '13800138765';
const { dataTypes } = loadRulebook({ dir: RULES_DIR });
const analyst = createAnalyst({
  dataTypes,
  persona: { values: { phone_number: [PHONE], real_name: ['林晓雨'] }, salts: [], keys: [] },
  tagKey: new Uint8Array(32),
});
const told = (message: Parameters<typeof request>[0]) =>
  analyst
    .request(request(message))
    .evidence.filter(({ grade }) => grade !== 'candidate')
    .map(({ grade, dataType, path }) => `${grade} ${dataType} ${path}`);

const AGENT = 'Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36';

/** A CV as programs write it: packed, in characters that only its font knows, the number in kerned pieces. */
const codes: Record<string, string> = Object.fromEntries(
  Array.from('0123456789手机号：', (char, index) => [(index + 3).toString(16).padStart(4, '0'), char]),
);
const shown = (text: string) => Array.from(text, (char) => Object.keys(codes).find((code) => codes[code] === char) ?? '').join('');
const CV = pdf({
  ...onePage(
    {
      entries: '/Filter /FlateDecode',
      stream: deflateSync(
        Buffer.from(
          `BT /F1 10 Tf 50 700 Td [<${shown('手机号：')}> -50 <${shown('138')}> 12 <${shown('0013')}> -9 <${shown('8765')}>] TJ ET`,
        ),
      ),
    },
    ['/Type0 /Encoding /Identity-H /ToUnicode 20 0 R'],
  ),
  20: toUnicode(codes),
  21: '<</Author <FEFF6797665396E8> /Creator (Mozilla/5.0 \\(Linux; Android 13; Pixel 7\\) AppleWebKit/537.36) /Producer (Skia/PDF m120)>>',
});

test('incident: a number that was broken at the end of a line was not found; it is, and no one line is read otherwise', () => {
  const page = (...lines: string[]) => pdf(onePage(`BT /F1 10 Tf 14 TL 50 700 Td ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`));
  expect(told({ body: page('reachable by phone at 13800', '138765 on workdays') })).toEqual([
    'confirmed phone_number body|pdf.page[0].text',
  ]);
  expect(told({ body: page('order 113800', '138765 on workdays') }), 'digits before it').toEqual([]);
  expect(told({ body: page('reachable at 13800', 'and then', '138765') }), 'a line between').toEqual([]);
  expect(told({ body: page('at 13800138765', 'on workdays') })).toEqual(['confirmed phone_number body|pdf.page[0].text[0]']);
  expect(told({ body: page('reachable at 13900', '139001 on workdays') }), 'of somebody else').toEqual([]);
  // A name of two or three characters meets at the end of a line by chance.
  const letters: Record<string, string> = Object.fromEntries(
    Array.from('在树林晓雨天里', (char, index) => [(index + 3).toString(16).padStart(4, '0'), char]),
  );
  const written = (text: string) => Array.from(text, (char) => Object.keys(letters).find((code) => letters[code] === char) ?? '').join('');
  const prose = pdf({
    ...onePage(`BT /F1 10 Tf 14 TL 50 700 Td <${written('在树林')}> Tj T* <${written('晓雨天里')}> Tj ET`, [
      '/Type0 /Encoding /Identity-H /ToUnicode 20 0 R',
    ]),
    20: toUnicode(letters),
  });
  expect(opened(prose)).toMatchObject({ 'body|pdf.page[0].text[1]': '晓雨天里' });
  expect(told({ body: prose })).toEqual([]);
});

test('cv_upload: the phone number in a CV is found and told with its way, as a file of a form and as base64', () => {
  const boundary = 'xYzZY';
  const form = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n`),
    CV,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  expect(told({ type: `multipart/form-data; boundary=${boundary}`, body: form })).toEqual([
    'confirmed real_name body.multipart.file|pdf.info.Author',
    'confirmed phone_number body.multipart.file|pdf.page[0].text[0].手机号',
  ]);
  expect(told({ type: 'application/json', body: JSON.stringify({ file: CV.toString('base64') }) })).toEqual([
    'confirmed real_name body.$.file|base64|pdf.info.Author',
    'confirmed phone_number body.$.file|base64|pdf.page[0].text[0].手机号',
  ]);
  expect(told({ type: 'application/pdf', body: CV })).toEqual([
    'confirmed real_name body|pdf.info.Author',
    'confirmed phone_number body|pdf.page[0].text[0].手机号',
  ]);
});

test('the program that made a document is no device', () => {
  expect(opened(CV)).toMatchObject({ 'body|pdf.info.Author': '林晓雨', 'body|pdf.info.Creator': AGENT });
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description><xmp:CreatorTool>Example Writer 16.2 (Macintosh)</xmp:CreatorTool><pdf:Producer>iOS Version 17.4 (Build 21E219) Quartz PDFContext</pdf:Producer></rdf:Description></x:xmpmeta>`;
  const made = (entries: string) =>
    told({ body: pdf({ ...onePage('BT /F1 10 Tf (a) Tj ET'), 20: `<<${entries}>>`, 21: { entries: '/Type /Metadata', stream: packet } }) });
  expect(made(`/Creator (${AGENT.replace('(', '\\(').replace(')', '\\)')}) /Producer (Skia/PDF m120)`)).toEqual([]);
  expect(made(`/Creator (${PHONE})`)).toEqual(['confirmed phone_number body|pdf.info.Creator']);
  expect(made('/Creator (Pages) /Producer (macOS Version 14.4 \\(Build 23E214\\) Quartz PDFContext)')).toEqual([]);
  expect(made('/Creator (Android 13 Pixel 7 Example 1.0)')).toEqual([]);
});

test('a document within a document, and one that is all text', () => {
  expect(inside(CV)).toMatchObject({ '|base64|pdf.page[0].text[0].手机号': PHONE });
  const plain = pdf(onePage('BT /F1 10 Tf (in clear) Tj ET')).filter((byte) => byte < 0x80);
  expect(inside(Buffer.from(plain).toString('latin1'))).toMatchObject({ '|pdf.page[0].text[0]': 'in clear' });
});

test('an encrypted file is told as a whole', () => {
  const locked = pdf(onePage('BT /F1 10 Tf (ab) Tj ET'), '/Root 1 0 R /Encrypt 9 0 R');
  const decoded = decodeRequest(request({ body: locked }));
  expect(decoded.opaque).toMatchObject([{ path: 'body', shape: ['pdf'] }]);
  expect(decoded.fields.map(({ path }) => path).filter((path) => path.startsWith('body'))).toEqual(['body']);
});

test('a document that was cut gives what there is of it', () => {
  const body = CV.subarray(0, CV.indexOf('trailer'));
  expect(decodeRequest(request({ body, truncated: true })).fields.map(({ value }) => value)).toContain(PHONE);
});

test('damaged documents neither throw nor are they clean', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(CV.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.nat(CV.length),
      (changes, end) => {
        const bytes = Buffer.from(CV.subarray(0, Math.max(end, 20)));
        for (const [at, byte] of changes) if (at > 7 && at < bytes.length) bytes[at] = byte;
        const { fields, opaque, limits } = decodeBytes(bytes, 'body');
        expect(limits.map(({ limit }) => limit)).not.toContain('decodeFault');
        const isRead = fields.some(({ path }) => path.includes('|pdf')) || fields.some(({ path }) => path === 'body.text');
        expect(isRead || opaque.length > 0).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('a document of nothing but objects is told', () => {
  expect(decodeBytes(Buffer.from('%PDF-1.4\n%\xe2\xe3\n1 0 obj<<>>endobj', 'latin1'), 'body').opaque).toMatchObject([{ shape: ['pdf'] }]);
});

test('begins_of_another: a text that another decoder knows by how it begins is none', () => {
  expect(inside('}"100000000000068":"iemi"{')).toMatchObject({ '|reversed|json$.imei': '860000000000001' });
});
