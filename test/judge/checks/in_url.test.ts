import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const at = (type: string, part: 'query' | 'url' | 'body') => issueOf('in_url', judgedOne(['news'], type, { part }));

test('what names a person, a device for good, or is sensitive', () => {
  for (const type of ['phone_number', 'imei', 'face_feature', 'location_precise']) expect(at(type, 'query'), type).not.toBeNull();
  expect(at('phone_number', 'url')).not.toBeNull();
});

test('not in the body, and not a resettable identifier', () => {
  expect(at('phone_number', 'body')).toBeNull();
  expect(at('oaid', 'query')).toBeNull();
});
