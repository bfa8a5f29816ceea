import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RULES_DIR } from '../../../src/cli/place.js';
import { decoder } from '../../../src/decode/formats/dns.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { loadRulebook } from '../../../src/rulebook/load.js';
import { createAnalyst } from '../../../src/session/analyst.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request, takenFor } from '../sample.js';

/** A question as resolvers of phones write it. @param options of an `OPT` record behind it, in hex. */
function query(name: string, options = ''): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const record = Buffer.from(options, 'hex');
  const opt = Buffer.concat([
    Buffer.from('0000291000000000000000', 'hex').subarray(0, 9),
    Buffer.from([record.length >> 8, record.length & 255]),
    record,
  ]);
  const head = Buffer.from(`00000100000100000000000${options === '' ? 0 : 1}`, 'hex');
  return Buffer.concat([head, ...labels, Buffer.from('0000010001', 'hex'), options === '' ? Buffer.alloc(0) : opt]);
}
const TYPE = 'application/dns-message';

nearMisses('dns', { content: query('www.example.com'), type: TYPE });

test('the name that is looked up, as a body and in an address', () => {
  expect(opened(query('www.example.com'), TYPE)).toEqual(expect.objectContaining({ 'body|dns.question[0].qname': 'www.example.com' }));
  expect(inside(query('www.example.com'), 'base64url')).toMatchObject({ '|base64|dns.question[0].qname': 'www.example.com' });
  // The question of RFC 8484 section 4.1.1.
  const url = 'https://dns.example.net/dns-query?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB';
  expect(decodeRequest(request({ url })).fields.map(({ path }) => path)).toContain('query.dns|base64|dns.question[0].qname');
});

test('the address of the client, where it is told', () => {
  const client = (option: string) => opened(query('a.example', option), TYPE)['body|dns.client[0]'];
  expect(client('0008000800012000cb007107')).toBe('203.0.113.7');
  expect(client('0008000700011800cb0071')).toBe('203.0.113.0/24');
  expect(client('0008000800022000' + '20010db8')).toBe('2001:db8:0:0:0:0:0:0/32');
  expect(client('000c000400000000')).toBeUndefined();
});

test('incident: labels put together stood in the path as labels, and none of the name was what the path said', () => {
  const fields = opened(query('138.0013.8765.example.com'), TYPE);
  expect(fields['body|dns.question[0].qname.joined[0]']).toBe('13800138765');
  expect(Object.keys(fields).filter((path) => path.includes('labels'))).toEqual([]);
});

test('doh_exfiltration: what was cut into the labels of a name is put together and read', () => {
  const hidden = Buffer.from('{"imei":"490154203237518","phone":"13800138765"}');
  const hex = hidden
    .toString('hex')
    .match(/.{1,32}/g)!
    .join('.');
  expect(Object.values(opened(query(`${hex}.t.example.com`), TYPE))).toContain('490154203237518');
  const { dataTypes } = loadRulebook({ dir: RULES_DIR });
  const persona = { values: { phone_number: ['13800138765'] }, salts: [], keys: [] };
  const analyst = createAnalyst({ dataTypes, persona, tagKey: new Uint8Array(32) });
  const told = (name: string) =>
    analyst
      .request(request({ type: TYPE, body: query(name) }))
      .evidence.filter(({ grade }) => grade === 'confirmed')
      .map(({ dataType }) => dataType);
  expect(told('phone.138.0013.8765.x.example.com')).toEqual(['phone_number']);
  expect(told('13800138765.example.com')).toEqual(['phone_number']);
  expect(told('www.example.com')).toEqual([]);
});

test('every name comes back', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,63}$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
      expect(opened(query(labels.join('.')), TYPE)).toMatchObject({ 'body|dns.question[0].qname': labels.join('.') });
    }),
  );
});

test('random bytes are no question', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});
