import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { opened } from '../sample.js';

const CARD =
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=E8=8C=83=\r\n=E4=BE=8B;;;\r\nTEL;CELL:13800138000\r\nEND:VCARD\r\n';

// Incident: names in an address book that Android had exported were not read, because nobody declares how a card writes them.
test('names of an exported address book', () => {
  const fields = opened(CARD, 'text/x-vcard');
  expect(fields['body|quoted-printable|listing.TEL'] ?? Object.values(fields).join()).toContain('13800138000');
  expect(Object.values(fields).join()).toContain('范例');
});

test('a mail, which may begin with it', () => {
  expect(Object.values(opened('=E8=8C=83=E4=BE=8B said caf=C3=A9')).join()).toContain('范例 said café');
});

test('a form and a few signs are none', () => {
  expect(opened('a=E8&b=AB', 'application/x-www-form-urlencoded')).toMatchObject({ 'body.form.a': 'E8', 'body.form.b': 'AB' });
  expect(Object.keys(opened('x=E8=8C').valueOf()).join()).not.toContain('quoted');
});

nearMisses('quotedprintable', { content: CARD });
