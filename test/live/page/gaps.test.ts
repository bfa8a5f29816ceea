import { expect, test } from 'vitest';
import { gapCount, gapsOf, isNothingRead, isPartly, isWhole, unseenCount } from '../../../src/live/page/gaps.js';
import type { ReachGroup } from '../../../src/live/reaches.js';

const group = (patch: Partial<ReachGroup> = {}): ReachGroup => ({
  host: 'a.example',
  reach: 'decrypted',
  connections: 1,
  bytesUp: 1,
  bytesDown: 1,
  notAnalysed: 0,
  cause: null,
  at: 1,
  ...patch,
});
const cause = (code: string) => ({ code, text: { zh: code, en: code } });
const nothing = { truncated: 0, limitsReached: {} };
const none = { notAnalysed: 0 };

test('a host is counted once, however many fates its connections had', () => {
  const gaps = gapsOf([group(), group({ reach: 'pinned' }), group({ reach: 'failed' })], [], none, nothing);
  expect([unseenCount(gaps), gapCount(gaps), isPartly(gaps), isWhole(gaps)]).toEqual([1, 1, false, false]);
  expect(isWhole(gapsOf([group()], [], none, nothing))).toBe(true);
});

test('incident: bytes of readable connections that nobody had read stood in the report alone; the page called all inspected', () => {
  const gaps = gapsOf([group({ notAnalysed: 900 })], [], none, nothing);
  expect([gapCount(gaps), isPartly(gaps), isWhole(gaps)]).toEqual([1, true, false]);
});

test('incident: beside the list every connection was called inspected while requests were not analysed, cut or lost', () => {
  const cases = [
    gapsOf([group()], [], { notAnalysed: 3 }, nothing),
    gapsOf([group()], [], none, { ...nothing, notStored: 2 }),
    gapsOf([group()], [], none, { ...nothing, truncated: 1 }),
    gapsOf([group()], [], none, { ...nothing, limitsReached: { jsonDepth: 4 } }),
    gapsOf([group()], [], none, { ...nothing, payloads: { sent: 3, closed: 3 } }),
    gapsOf([group({ cause: cause('OVR_UPSTREAM_NOT_VERIFIED') })], [], none, nothing),
    gapsOf([group({ cause: cause('OVR_HTTP3_OFFERED') })], [], none, nothing),
  ];
  expect(cases.map(isWhole)).toEqual(cases.map(() => false));
  expect(cases.map(gapCount)).toEqual([1, 1, 1, 1, 0, 0, 0]);
});

test('incident: a session that broke off, and one of which nothing could be read, passed for looked at', () => {
  expect(isWhole(gapsOf([group()], [], none, nothing, 'interrupted'))).toBe(false);
  expect(isNothingRead(gapsOf([group()], [], none, { ...nothing, payloads: { sent: 3, closed: 3 } }))).toBe(true);
  expect(isNothingRead(gapsOf([group()], [], none, { ...nothing, payloads: { sent: 3, closed: 2 } }))).toBe(false);
  expect(isNothingRead(gapsOf([group()], [], none, nothing))).toBe(false);
});
