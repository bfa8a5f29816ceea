import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import type { Sender, StreamMessage } from '../../src/model/exchange.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { auditExchanges } from '../../src/session/recorded.js';
import { bodyOf, exchangeOf, sessionOf } from './traffic.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const options = { session: sessionOf(), rulebook, persona: null, tagKey: new Uint8Array(32) };
const exchanges = [
  exchangeOf(0, 'https://api.example.test/a', '{"imei":"490154203237518"}'),
  exchangeOf(1, 'https://other.test/b', '{"imei":"490154203237518"}'),
  exchangeOf(2, 'https://other.test/c', '{"imei":"490154203237518"}'),
];

test('findings with all their evidence, and traffic by host', () => {
  const audited = auditExchanges(exchanges, options);
  const other = audited.findings.find((finding) => finding.dataType === 'imei' && finding.party.host === 'other.test');
  expect(other).toMatchObject({ count: 2, verdict: 'beyond_necessary' });
  expect(audited.occurrencesOf(other?.id ?? '').map((occurrence) => occurrence.exchange)).toEqual([1, 2]);
  expect(audited.occurrencesOf('nothing')).toEqual([]);
  expect(audited.traffic).toMatchObject({ exchanges: 3, notAnalysed: 0 });
  expect(audited.traffic.hosts.map(({ host, exchanges: count }) => [host, count])).toEqual([
    ['api.example.test', 1],
    ['other.test', 2],
  ]);
});

test('the same exchanges give the same bytes', () => {
  const [a, b] = [auditExchanges(exchanges, options), auditExchanges(exchanges, options)];
  expect(JSON.stringify(a.findings)).toBe(JSON.stringify(b.findings));
});

test('traffic is told by app, too', () => {
  const [first, second, third] = exchanges;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three exchanges');
  const attribute = ({ url }: Sender) => (url.endsWith('/c') ? { id: 'wechat:wx1', by: 'referer' as const } : null);
  const audited = auditExchanges(exchanges, { ...options, attribute });
  const counts = (app: string) => audited.hostsOf(app).map(({ host, exchanges: count }) => [host, count]);
  expect(counts('main')).toEqual([
    ['api.example.test', 1],
    ['other.test', 1],
  ]);
  expect(counts('wechat:wx1')).toEqual([['other.test', 1]]);
  expect(counts('nobody')).toEqual([]);
  expect(audited.traffic.apps).toMatchObject([{ app: 'wechat:wx1', by: 'referer', host: 'other.test', exchanges: 1 }]);
});

test('incident: a message of a recorded stream that was cut did not count among those of which only the beginning was read', () => {
  const cut = { ...bodyOf('{"a":1}'), size: 9, truncated: true };
  const message = (index: number): StreamMessage => ({ index, direction: 'request', kind: 'ws', text: true, at: 1_000, body: cut });
  const stream = exchangeOf(0, 'https://api.example.test/socket', undefined, { messages: [message(0), message(1)] });
  expect(auditExchanges([stream], options).traffic.truncated).toBe(2);
});
