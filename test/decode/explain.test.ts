import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { explainPath } from '../../src/decode/explain.js';
import { stepWords } from '../../src/decode/step-words.js';
import { request, streamMessage } from './sample.js';

test('every stage is shown, each with the place of the next', () => {
  const data = Buffer.from('{"imei":"860000000000001"}').toString('base64');
  const json = JSON.stringify({ data });
  const steps = explainPath(
    request({ headers: [['Content-Encoding', 'gzip']], body: gzipSync(json) }),
    'body|gzip.$.data|base64|json$.imei',
  );
  expect(steps.map((step) => step.step)).toEqual(['body', 'gzip', 'json', 'base64', 'json']);
  expect(steps[0]?.text).toMatch(/^1f8b/);
  expect(steps[1]).toEqual({
    step: 'gzip',
    says: { zh: 'gzip 解压', en: 'gzip, inflated' },
    path: 'body|gzip',
    text: json,
    span: [9, 9 + data.length],
  });
  expect(steps[2]?.text).toBe(data);
  const inner = steps[3];
  expect(inner?.text.slice(...(inner.span ?? []))).toBe('860000000000001');
  expect(steps[4]).toEqual({ step: 'json', says: stepWords('json'), path: steps.at(-1)?.path, text: '860000000000001' });
});

test('a query value, a text body, a stream message', () => {
  expect(explainPath(request({ url: 'https://h.example/?a=b' }), 'query.a')).toEqual([
    { step: 'query', says: null, path: 'query.a', text: 'b' },
  ]);
  expect(explainPath(request({ body: 'just words' }), 'body.text')).toEqual([
    { step: 'body', says: null, path: 'body', text: 'just words' },
  ]);
  expect(explainPath(streamMessage('ws', '{"a":"x"}', 1), 'ws[1].$.a').map((step) => step.text)).toEqual(['{"a":"x"}', 'x']);
});

test('incident: a header was said to be a readable head of bytes, for there is a decoder of that name', () => {
  expect(
    explainPath(request({ headers: [['X-Data', '{"a":"b"}']] }), 'header.x-data|json$.a').map(({ step, says }) => [step, says]),
  ).toEqual([
    ['header', null],
    ['json', stepWords('json')],
  ]);
});

test('a path that is not in the message gives nothing', () => {
  expect(explainPath(request({ body: '{}' }), 'body.$.nowhere')).toEqual([]);
});

test('incident: of what broke off, the whole document was shown for the rest', () => {
  const steps = explainPath(request({ body: '{"a":"13900000000","b":nothing to read}' }), 'body.text');
  expect(steps.at(-1)?.text).toBe('"b":nothing to read}');
  const before = steps.at(-2);
  expect(before?.text.slice(...(before.span ?? [0, 0]))).toBe('"b":nothing to read}');
});
