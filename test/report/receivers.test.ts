import { expect, test } from 'vitest';
import { buildReceivers } from '../../src/report/receivers.js';
import { buildReport } from '../../src/report/session-report.js';
import { HOSTILE, sampleRecord } from './sample-record.js';

const record = sampleRecord();
const { findings } = buildReport(record);

test('every host is there once, those with findings beyond the list first', () => {
  const receivers = buildReceivers(findings, record.traffic.hosts);
  expect(receivers.map(({ host }) => host)).toEqual([
    'api.chuxing.test',
    'push.msg.example.test',
    'stat.insight.example.test',
    'track.adnet.example.test',
    HOSTILE.host,
    'loc.map.example.test',
    'img.cdn.example.test',
  ]);
  expect(receivers[0]).toMatchObject({ bytesUp: 20_100, findings: 3, byVerdict: { beyond_necessary: 1, conditional: 1, necessary: 1 } });
});

test('a host without findings is what the resolver says, or not known', () => {
  const last = (parties: ReturnType<typeof buildReceivers>) => parties.at(-1);
  expect(last(buildReceivers(findings, record.traffic.hosts))).toMatchObject({
    host: 'img.cdn.example.test',
    company: null,
    firstParty: null,
    findings: 0,
    byVerdict: {},
  });
  const known = buildReceivers(findings, record.traffic.hosts, (host) => ({
    host,
    registrableDomain: 'example.test',
    company: null,
    sdk: 'CDN',
    purpose: 'cdn',
    firstParty: false,
    country: null,
    reason: { zh: '', en: '' },
  }));
  expect(last(known)).toMatchObject({ sdk: 'CDN', purpose: 'cdn' });
});

test('a receiver without traffic rows (findings only) is not lost', () => {
  expect(buildReceivers(findings, []).map(({ host }) => host)).toContain(HOSTILE.host);
});
