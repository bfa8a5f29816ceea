import { expect, test } from 'vitest';
import type { Traffic } from '../../src/model/report.js';
import type { Connection } from '../../src/model/session.js';
import { buildCoverage } from '../../src/report/coverage.js';

const TRAFFIC: Traffic = {
  exchanges: 1,
  bytesUp: 0,
  bytesDown: 0,
  notAnalysed: 2,
  truncated: 3,
  hosts: [{ host: 'read.test', exchanges: 1, bytesUp: 0, bytesDown: 0 }],
  limitsReached: {},
  hiddenCandidates: 0,
};

const divided = (connections: readonly Connection[]) => ({ attribution: null, hosts: TRAFFIC.hosts, connections });

function connection(host: string, reach: Connection['reach'], change: Partial<Connection> = {}): Connection {
  return {
    id: host + reach,
    at: 0,
    client: { address: '', port: 0, user: null },
    host,
    port: 443,
    serverAddress: null,
    protocol: null,
    reach,
    cause: null,
    bytesUp: 5,
    bytesDown: 0,
    notAnalysed: 0,
    ...change,
  };
}

test('hosts are counted once, read or not; a recording has no connections', () => {
  expect(buildCoverage(divided([]), TRAFFIC, [], {})).toMatchObject({ hosts: 1, decrypted: 1, notAnalysed: 2, truncated: 3 });
  const seen = buildCoverage(
    divided([
      connection('read.test', 'decrypted'),
      connection('clear.test', 'cleartext'),
      connection('p.test', 'pinned'),
      connection('p.test', 'pinned'),
    ]),
    TRAFFIC,
    [],
    {},
  );
  expect(seen).toMatchObject({ hosts: 3, decrypted: 2 });
  expect(seen.pinned).toMatchObject([{ host: 'p.test', connections: 2, bytesUp: 10, code: 'pinned' }]);
});

test('every way of not being read is listed, with a cause for people', () => {
  const reaches = ['passed_through', 'pinned', 'ca_not_trusted', 'not_inspected', 'failed'] as const;
  const seen = buildCoverage(divided(reaches.map((reach) => connection(`${reach}.test`, reach, { notAnalysed: 7 }))), TRAFFIC, [], {});
  expect(seen.passedThrough).toHaveLength(1);
  expect(seen.notInspected.map(({ code }) => code)).toEqual(['ca-not-trusted', 'failed', 'not-inspected']);
  for (const { cause } of [...seen.passedThrough, ...seen.pinned, ...seen.notInspected]) expect(cause.zh && cause.en).toBeTruthy();
  expect(seen.notAnalysedBytes).toBe(35);
});

test('opaque payloads are counted by place', () => {
  const place = { host: 'a.test', path: 'body' };
  expect(buildCoverage(divided([]), TRAFFIC, [place, { host: 'a.test', path: 'query.d' }, place], { b: 1, a: 2 })).toMatchObject({
    opaque: [
      { ...place, count: 2 },
      { host: 'a.test', path: 'query.d', count: 1 },
    ],
    limitsReached: { a: 2, b: 1 },
  });
});

test('incident: a host that offers HTTP/3 was marked nowhere but in the list of phones', () => {
  const cause = { code: 'OVR_HTTP3_OFFERED', text: { zh: '提供 HTTP/3', en: 'offers HTTP/3' } };
  const seen = buildCoverage(divided([connection('read.test', 'decrypted', { cause })]), TRAFFIC, [], {});
  expect(seen.http3Offered).toEqual([{ host: 'read.test', connections: 1, bytesUp: 5, code: 'OVR_HTTP3_OFFERED', cause: cause.text }]);
  // It was read all the same.
  expect(seen).toMatchObject({ hosts: 1, decrypted: 1, notInspected: [] });
  expect(buildCoverage(divided([connection('read.test', 'decrypted')]), TRAFFIC, [], {}).http3Offered).toBeUndefined();
});
