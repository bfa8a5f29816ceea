import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const to = (host: string, type: string) => issueOf('immutable_id_to_third_party', judgedOne(['news'], type, { host }));

test('identifiers that cannot be reset, to a third party', () => {
  expect(to('x.ads.example', 'imei')).toMatchObject({ severity: 'high' });
  expect(to('x.ads.example', 'mac_address')?.text.en).toContain('cannot reset');
});

test('not resettable ones, not the own server, not the cloud, not an unknown host', () => {
  expect(to('x.ads.example', 'oaid')).toBeNull();
  expect(to('api.own.example', 'imei')).toBeNull();
  expect(to('x.cdn.example', 'imei')).toBeNull();
  expect(to('unknown.test', 'imei')).toBeNull();
});
