import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Missed } from '../../src/capture/har.js';
import { readRecording } from '../../src/capture/recording.js';
import { OverreachError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import { tnetstring } from './tnetstring-writer.js';

const folder = mkdtempSync(join(tmpdir(), 'overreach-recording-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const entry = (url: string, text = '') => ({
  startedDateTime: '2026-01-01T00:00:00Z',
  request: { method: 'POST', url, headers: [], postData: { mimeType: 'text/plain', text } },
  response: { status: 200 },
});
const har = (...urls: string[]) => JSON.stringify({ log: { entries: urls.map((url) => entry(url)) } });

function codeOf(path: string): string {
  try {
    return `accepted ${[...readRecording(path)].length}`;
  } catch (error) {
    expect(error).toBeInstanceOf(OverreachError);
    expect((error as OverreachError).next.length).toBeGreaterThan(10);
    return (error as OverreachError).code;
  }
}

describe('what a file is', () => {
  test('is told by its content, not by its name', () => {
    expect(codeOf(file('a.mitm', har('https://a.test/')))).toBe('accepted 1');
    expect(codeOf(file('b.har', tnetstring({ version: 20, type: 'dns' })))).toBe('accepted 0');
    expect(codeOf(file('c.har', tnetstring({ version: 99, type: 'dns' })))).toBe('OVR_FLOW_VERSION');
  });

  test.each([
    ['d4c3b2a1', 'pcap'],
    ['a1b2c3d4', 'pcap, big endian'],
    ['4d3cb2a1', 'nanoseconds'],
    ['0a0d0d0a', 'pcapng'],
  ])('a packet capture (%s, %s) is refused with a way out', (magic) => {
    expect(codeOf(file('a.pcap', Buffer.from(`${magic}0200040000000000`, 'hex')))).toBe('OVR_PCAP');
  });

  test('what is none has its code', () => {
    expect(codeOf(file('empty', ''))).toBe('OVR_HAR_EMPTY');
    expect(codeOf(file('binary', Buffer.from([0, 1, 2, 3])))).toBe('OVR_HAR_NOT_JSON');
    expect(codeOf(file('number', '12:'))).toBe('OVR_HAR_NOT_JSON');
    expect(codeOf(join(folder, 'nowhere'))).toBe('OVR_HAR_READ');
    expect(codeOf(folder)).toBe('OVR_HAR_READ');
  });

  test('GBK is not read as if it were UTF-8, with names lost: incident of lost Chinese names', () => {
    const gbk = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]);
    const [head, tail] = har('https://a.test/', 'https://a.test/HERE').split('HERE');
    expect(codeOf(file('gbk.har', Buffer.concat([Buffer.from(head ?? ''), gbk, Buffer.from(tail ?? '')])))).toBe('OVR_HAR_ENCODING');
  });
});

describe('a file that can be read in part', () => {
  function partly(path: string): { urls: string[]; missed: Missed[] } {
    const missed: Missed[] = [];
    const urls = [...readRecording(path, { missed: (what) => void missed.push(what) })].map(({ request }) => request.url);
    return { urls, missed };
  }

  test('one that was cut gives the entries before the cut, and says where it is', () => {
    const text = har('https://a.test/1', 'https://a.test/2', 'https://a.test/3');
    const { urls, missed } = partly(file('cut.har', text.slice(0, text.indexOf('a.test/3'))));
    expect(urls).toEqual(['https://a.test/1', 'https://a.test/2']);
    expect(missed).toMatchObject([{ code: 'OVR_HAR_TRUNCATED' }]);
    expect(missed[0]?.message).toMatch(/truncated after entry 2 \(\d+ bytes\)/);
    expect(codeOf(file('cut-at-once.har', text.slice(0, 30)))).toBe('OVR_HAR_TRUNCATED');
  });

  test('damage after good Chinese text is damage of that entry only', () => {
    const [head, tail] = har('https://a.test/手机', 'https://a.test/HERE', 'https://a.test/3').split('HERE');
    const { urls, missed } = partly(
      file('bad.har', Buffer.concat([Buffer.from(head ?? ''), Buffer.from([0xff]), Buffer.from(tail ?? '')])),
    );
    expect(urls).toEqual(['https://a.test/手机', 'https://a.test/\ufffd', 'https://a.test/3']);
    expect(missed).toMatchObject([{ code: 'OVR_HAR_ENTRY_DAMAGED' }]);
  });

  test('an entry that is too large keeps its number, and a text that is too long its beginning', () => {
    const large = JSON.stringify({ ...entry('https://a.test/large'), list: Array.from({ length: 70 }, () => 'x'.repeat(1_000_000)) });
    const long = JSON.stringify(entry('https://a.test/long', `imei=490154203237518&${'y'.repeat(limits.harText)}`));
    const path = file('large.har', `{"log":{"entries":[${large},${long}]}}`);
    const missed: Missed[] = [];
    const [first, second, ...rest] = [...readRecording(path, { missed: (what) => void missed.push(what) })];
    expect(rest).toEqual([]);
    expect(missed).toMatchObject([{ code: 'OVR_HAR_ENTRY_LARGE' }]);
    expect(first?.warnings.map(({ code }) => code)).toContain('har-entry-large');
    expect(second).toMatchObject({ seq: 1, request: { url: 'https://a.test/long', body: { truncated: true, sha256: '' } } });
    expect(Buffer.from(second?.request.body.bytes.subarray(0, 20) ?? []).toString()).toBe('imei=490154203237518');
    expect(second?.request.body.bytes.length).toBe(limits.bodyKept);
    expect(second?.warnings.map(({ code }) => code)).toEqual(['har-type-rebuilt', 'har-text-cut']);
  });
});

test('progress is told in bytes, and a reader that stops early closes the file', () => {
  const path = file('many.har', har(...Array.from({ length: 20_000 }, (_, i) => `https://a.test/${i}`)));
  const told: number[] = [];
  let total = 0;
  const reading = readRecording(path, {
    progress: (done, of) => {
      told.push(done);
      total = of;
    },
  });
  expect([...reading]).toHaveLength(20_000);
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toBe(total);
  const early = readRecording(path);
  expect(early.next().value).toMatchObject({ seq: 0 });
  expect(early.return(undefined)).toMatchObject({ done: true });
});
