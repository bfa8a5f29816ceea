import { expect, test } from 'vitest';
import { issueOf, judged, judgedOne, occurrence } from '../case.js';

const of = (type: string, form: string) => issueOf('weak_digest', judgedOne(['news'], type, { form }));

test('digests of types with few values, named', () => {
  expect(of('phone_number', 'md5')?.text.zh).toContain('md5');
  expect(of('imei', 'sha1')).not.toBeNull();
  const [finding] = judged(
    ['news'],
    [occurrence('imei', { form: 'sha256', exchange: 1 }), occurrence('imei', { form: 'md5', exchange: 2 })],
  );
  expect(finding && issueOf('weak_digest', finding)?.text.en).toContain('md5, sha256');
});

test('not plain values, salted or keyed digests, or types with room for chance', () => {
  expect(of('phone_number', 'plain')).toBeNull();
  expect(of('phone_number', 'hmac-sha256')).toBeNull();
  expect(of('phone_number', 'md5-salted')).toBeNull();
  expect(of('oaid', 'md5')).toBeNull();
});
