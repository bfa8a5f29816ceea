import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { mobileconfig } from '../../src/capture/profile.js';

const DER = Buffer.from('not really a certificate, only bytes');

test('well-formed XML with the certificate in it, whatever the name', () => {
  const profile = mobileconfig(`<&"'> CA`, DER).toString();
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('text', (text) => texts.push(text));
  parser.write(profile).close();
  expect(texts).toContain(DER.toString('base64'));
  expect(texts.filter((text) => text === `<&"'> CA`)).toHaveLength(2);
  expect(texts).toContain('com.apple.security.root');
  expect(profile).not.toContain('{{');
});

test('the same certificate gives the same profile, so that a phone replaces it; another gives another', () => {
  expect(mobileconfig('a', DER).equals(mobileconfig('a', DER))).toBe(true);
  const ids = (bytes: Buffer): string[] =>
    [...bytes.toString().matchAll(/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g)].map((match) => match[0]);
  const [one, two] = [new Set(ids(mobileconfig('a', DER))), new Set(ids(mobileconfig('a', Buffer.from('x'))))];
  expect(one.size).toBe(2);
  for (const id of one) expect(two.has(id)).toBe(false);
});
