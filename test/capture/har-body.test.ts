import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bodyOf, readContent, readPostData } from '../../src/capture/har-body.js';
import type { Headers } from '../../src/model/exchange.js';

function post(request: Record<string, unknown>, headers: Headers = []) {
  const warnings: string[] = [];
  const body = readPostData(request, headers, (code) => warnings.push(code));
  return { body, text: Buffer.from(body.bytes).toString('utf8'), warnings };
}

function content(given: Record<string, unknown>, headers: Headers = [], bodySize = -1) {
  const warnings: string[] = [];
  const body = readContent(given, headers, bodySize, (code) => warnings.push(code));
  return { body, text: Buffer.from(body.bytes).toString('utf8'), warnings };
}

describe('request bodies', () => {
  test('text, with size and digest', () => {
    const { body, text, warnings } = post({ postData: { mimeType: 'application/json', text: '{"名":1}' } });
    expect(text).toBe('{"名":1}');
    expect(body).toMatchObject({ size: 9, truncated: false, sha256: createHash('sha256').update('{"名":1}').digest('hex') });
    expect(warnings).toEqual([]);
  });

  test('incident: a body that the tool left out, with its size as unknown, counted as nothing sent', () => {
    const { body, warnings } = post({ bodySize: -1 }, [['Content-Length', '500']]);
    expect([body.size, body.truncated, warnings]).toEqual([500, true, ['har-body-missing']]);
    expect(post({ bodySize: -1 }, [['Content-Length', '0']]).body).toMatchObject({ size: 0, truncated: false });
    expect(post({ bodySize: -1 }).warnings).toEqual([]);
  });

  test('incident: a body that was sent in pieces and left out counted as nothing sent', () => {
    const { body, warnings } = post({}, [['Transfer-Encoding', 'chunked']]);
    expect([body.size, body.truncated, warnings]).toEqual([1, true, ['har-body-missing']]);
    expect(post({ postData: { text: 'a=1' } }, [['Transfer-Encoding', 'chunked']]).warnings).toEqual([]);
    expect(post({ bodySize: 0 }, [['Transfer-Encoding', 'chunked']]).body).toMatchObject({ size: 0, truncated: false });
  });

  test.each([
    [{ text: { phone: '19900001234' } }, '{"phone":"19900001234"}'],
    ['{"phone":"19900001234"}', '{"phone":"19900001234"}'],
    [{ params: { phone: 19900001234 } }, 'phone=19900001234'],
    [{ params: [{ name: 'user', value: { phone: '19900001234' } }] }, 'user=%7B%22phone%22%3A%2219900001234%22%7D'],
  ])('incident: a body that a script had written in its own way counted as nothing sent: %j', (postData, expected) => {
    const { text, body } = post({ bodySize: -1, postData });
    expect([text, body.truncated]).toEqual([expected, false]);
  });

  test('incident: what should be base64 and is not counted as nothing sent', () => {
    const { body, warnings } = post({ bodySize: -1, postData: { encoding: 'base64', text: '@@@@' } });
    expect([body.truncated, body.size]).toEqual([true, 1]);
    expect(warnings).toContain('har-body-missing');
    expect(post({ postData: { encoding: 'base64', text: 'eyJh@IjoxfQ==' } }).warnings).toEqual(['har-body-damaged']);
    expect(post({ postData: { encoding: 'base64', text: 'eyJh\r\nIjoxfQ==' } }).warnings).toEqual([]);
  });

  test('a body under a name that nobody knows is missing, not empty', () => {
    const { body, warnings } = post({ bodySize: -1, postData: { mimeType: 'application/json', content: '{}' } });
    expect([body.truncated, body.size, warnings]).toEqual([true, 1, ['har-body-missing']]);
  });

  test.each([{ encoding: 'base64' }, { _encoding: 'base64' }, { comment: 'base64' }])('base64 by %j', (mark) => {
    const bytes = Buffer.from([0, 1, 255, 0x1f]);
    expect(Buffer.from(post({ postData: { text: bytes.toString('base64'), ...mark } }).body.bytes)).toEqual(bytes);
  });

  test('bytes written as one character each', () => {
    const gzip = gzipSync('{"a":1}');
    const { body } = post({ postData: { mimeType: 'application/octet-stream', text: gzip.toString('latin1') } });
    expect(Buffer.from(body.bytes).equals(gzip)).toBe(true);
    expect(post({ postData: { mimeType: 'text/plain', text: 'é' } }).text).toBe('é');
  });

  test('parameters without text become the form they were', () => {
    const params = [
      { name: 'phone', value: '+86 199' },
      { name: '姓名', value: "a&b=c%d'(~)" },
      { name: 'empty', value: '' },
    ];
    const { text, warnings } = post({ postData: { mimeType: 'application/x-www-form-urlencoded', params } });
    expect([...new URLSearchParams(text)]).toEqual(params.map(({ name, value }) => [name, value]));
    expect(text).toContain('phone=%2B86+199');
    expect(warnings).toEqual(['har-body-rebuilt']);
    expect(post({ postData: { params: [{ name: 'a', value: '\ud800' }] } }).text).toBe('a=%EF%BF%BD');
  });

  test('parameters of a multipart body', () => {
    const { text } = post({
      postData: {
        mimeType: 'multipart/form-data; boundary="xx"',
        params: [
          { name: 'meta', value: '{"imei":1}', contentType: 'application/json' },
          { name: 'f"x', value: 'abc', fileName: 'a\r\nb.txt' },
        ],
      },
    });
    expect(text).toBe(
      '--xx\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"imei":1}\r\n' +
        '--xx\r\nContent-Disposition: form-data; name="f%22x"; filename="a%0D%0Ab.txt"\r\n\r\nabc\r\n--xx--\r\n',
    );
  });

  test('headers before the body, as old Firefox writes', () => {
    const text = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b';
    expect(post({ postData: { mimeType: 'application/x-www-form-urlencoded', text } })).toMatchObject({
      text: 'a=b',
      warnings: ['har-body-headers'],
    });
  });

  test('a body that was left out is not empty', () => {
    const { body, warnings } = post({ bodySize: 812 });
    expect(body).toMatchObject({ size: 812, truncated: true, sha256: '' });
    expect(warnings).toEqual(['har-body-missing']);
    expect(post({ bodySize: -1 }).body.size).toBe(0);
    expect(post({ bodySize: 0 }).warnings).toEqual([]);
  });

  test('incident: Chrome says 0 of an upload that it did not keep, and the request passed for one without a body', () => {
    const sent = post({ bodySize: 0 }, [['Content-Length', '5000']]);
    expect(sent.body).toMatchObject({ size: 5_000, truncated: true, sha256: '' });
    expect(sent.warnings).toEqual(['har-body-missing']);
    expect(post({ bodySize: -1, postData: { text: '' } }, [['Transfer-Encoding', 'chunked']]).body).toMatchObject({
      size: 1,
      truncated: true,
    });
    // The messages of a gRPC call stand beside it.
    expect(readPostData({ bodySize: 0 }, [['content-length', '5000']], () => undefined, true).size).toBe(0);
    for (const length of ['0', 'x', '']) expect(post({ bodySize: 0 }, [['content-length', length]]).warnings).toEqual([]);
  });

  test('incident: a file of a form that was listed by its name alone passed for one that was looked at', () => {
    const params = [{ name: 'photo', fileName: 'a.jpg', contentType: 'image/jpeg' }];
    const mimeType = 'multipart/form-data; boundary=xx';
    const { body, text, warnings } = post({ bodySize: 90_000, postData: { mimeType, params } });
    expect(text).toContain('filename="a.jpg"');
    expect([body.size, body.truncated, warnings]).toEqual([90_000, true, ['har-body-rebuilt', 'har-body-missing']]);
    expect(post({ postData: { mimeType, params } }).body.truncated).toBe(true);
  });

  test('damage by the tool is said', () => {
    expect(post({ postData: { text: 'a\ufffdb' } }).warnings).toEqual(['har-body-damaged']);
  });
});

describe('content-encoding', () => {
  const headers: Headers = [['Content-Encoding', 'gzip']];

  test('a decoded body with its header kept is warned of, an encoded one is not', () => {
    expect(content({ text: '{"a":1}' }, headers).warnings).toEqual(['har-body-decoded']);
    expect(content({ text: gzipSync('{"a":1}').toString('base64'), encoding: 'base64' }, headers).warnings).toEqual([]);
    expect(content({ text: '{"a":1}' }, [['content-encoding', 'br']]).warnings).toEqual(['har-body-decoded']);
    expect(content({ text: '{"a":1}' }, [['content-encoding', 'deflate']]).warnings).toEqual(['har-body-decoded']);
    expect(content({ text: '{"a":1}' }, [['content-encoding', 'identity']]).warnings).toEqual([]);
    expect(post({ postData: { text: 'a=1' } }, headers).warnings).toEqual(['har-body-decoded']);
  });
});

describe('response bodies', () => {
  test('missing text, with or without a size', () => {
    expect(content({ size: 10 })).toMatchObject({ warnings: ['har-body-missing'], body: { size: 10, truncated: true } });
    expect(content({}, [], 77).body.size).toBe(77);
    expect(content({ size: 0 }).body.size).toBe(0);
    expect(content({}).warnings).toEqual([]);
  });

  test('a body cut by the tool', () => {
    expect(content({ text: 'abc', size: 100 })).toMatchObject({ warnings: ['har-body-short'], body: { size: 100, truncated: true } });
    expect(content({ text: '中文', size: 100 }).warnings).toEqual([]);
  });
});

test('a body over the limit keeps its beginning, its size and its digest', () => {
  const bytes = Buffer.alloc(1024 * 1024 + 5, 0x61);
  const body = bodyOf(bytes);
  expect(body).toMatchObject({ size: bytes.length, truncated: true, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(body.bytes.length).toBe(1024 * 1024);
  // Not a view into a pool: what is posted to a worker is what is kept.
  expect(bodyOf(Buffer.from('abc')).bytes.buffer.byteLength).toBe(3);
});
