import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

test('a face leaves the device, whoever receives it', () => {
  expect(issueOf('biometric_upload', judgedOne(['online_payment'], 'face_feature'))).toMatchObject({ severity: 'high' });
  expect(issueOf('biometric_upload', judgedOne([], 'face_feature', { host: 'x.ads.example' }))?.text.zh).toContain('AdKit公司');
});

test('other data does not', () => {
  expect(issueOf('biometric_upload', judgedOne(['online_payment'], 'id_document_image'))).toBeNull();
});
