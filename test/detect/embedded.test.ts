import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../src/detect/embedded.js';
import { limits } from '../../src/limits.js';
import type { Field } from '../../src/model/field.js';
import { processorTime } from '../processor-time.js';
import { dataTypes, decodedOf } from './fixture.js';

const types = new Map(dataTypes.map((type) => [type.id, type]));
const read = (value: string, part: Partial<Field> = {}) => {
  const decoded = decodedOf([{ path: 'body.text', value, ...part }]);
  const [field] = decoded.fields;
  return field === undefined ? [] : readEmbedded(field, decoded, types).map(({ evidence }) => evidence);
};

describe('readEmbedded', () => {
  it('finds numbers among words, with their place', () => {
    const text = '收件人张小明，手机13912345678，身份证11010119900307803X，邮箱 xiaoming@example.com';
    const found = read(text);
    expect(found.map(({ dataType, grade }) => [dataType, grade])).toEqual([
      ['id_number', 'strong'],
      ['phone_number', 'probable'],
      ['email', 'probable'],
    ]);
    for (const { span, value } of found) expect(text.slice(span?.[0], span?.[1])).toBe(value);
  });

  it('calls a number without a word before it a clue only', () => {
    expect(read('ref: 13912345678 / done').map(({ grade }) => grade)).toEqual(['candidate']);
  });

  it('does not cut a number out of a longer one', () => {
    for (const text of ['id=1594876543210 end', 'x13912345678 y', 'no 139123456780000 z', '1.13912345678 q'])
      expect(read(text), text).toEqual([]);
  });

  it('takes no address of a repository for an e-mail address', () => {
    for (const text of ['git@github.com:example/app.git', 'clone git@git.example.com/group/app now']) expect(read(text), text).toEqual([]);
    expect(read('write to git@example.com, please').map(({ dataType }) => dataType)).toEqual(['email']);
  });

  it('takes no id of an add-on with its version for an e-mail address (add_ons_as_mailboxes)', () => {
    expect(read('ubufox@example.com:3.2,langpack-en-GB@firefox.example.org:48.0,loop@example.org:1.4.3')).toEqual([]);
    expect(read('ana@example.com: 3.2 km, bo@mail.example.com:ok').map(({ value }) => value)).toEqual([
      'ana@example.com',
      'bo@mail.example.com',
    ]);
  });

  it('leaves whole values to the tests of whole values', () => {
    expect(read(' 13912345678 ')).toEqual([]);
    expect(read('13912345678')).toEqual([]);
  });

  it('stops at its bound and says so', () => {
    const found = read('手机13912345678，'.repeat(limits.embeddedHits * 2));
    expect(found).toHaveLength(limits.embeddedHits);
    expect(found.at(-1)?.trace.map(({ rule }) => rule)).toContain('limit-embedded-hits');
  });

  it('is quick on text made to be slow', () => {
    const cost = processorTime(() => {
      for (const text of ['a.'.repeat(8_000), '@'.repeat(16_000), '1'.repeat(16_000), 'a@'.repeat(8_000), `${'1-'.repeat(8_000)}`])
        read(`x ${text}`);
    });
    expect(cost).toBeLessThan(1_000);
  });
});

it('takes the printed mailbox of a function for a clue, whatever is said before it (mailbox_of_a_service)', () => {
  expect(read('客服热线95588，服务邮箱：support@example.com').map(({ grade }) => grade)).toEqual(['candidate']);
  expect(read('我的邮箱：xiaoming@example.com').map(({ grade }) => grade)).toEqual(['probable']);
});

it('takes the number of a mail for no address of one (message_id_as_email)', () => {
  const value = '<72872e16-f4c2@mail01.example.com>';
  expect(read(value, { path: 'body.$.message_id', keys: ['message_id'] })).toEqual([]);
  const whoKnowsThem = { path: 'body.$.references', keys: ['references'] };
  expect(read('王老师 wang@example.com', whoKnowsThem).map(({ dataType }) => dataType)).toEqual(['email']);
  expect(read(value, { path: 'body.$.from', keys: ['from'] }).map(({ dataType }) => dataType)).toEqual(['email']);
});

it('takes the key before the host of an address of the web for no address of mail (key_of_a_program_as_email)', () => {
  expect(read('https://0f0b9c2a3d4e5f60718293a4b5c6d7e8@errors.example.com/12')).toEqual([]);
  // Whoever is written to stands there as well.
  expect(read('mailto://lilei@mail.example.com').map(({ dataType }) => dataType)).toEqual(['email']);
  expect(read('写信给 lilei@errors.example.com 或打电话').map(({ dataType }) => dataType)).toEqual(['email']);
});

it('takes neither marks between two signs, names of a network nor the login before a host for addresses', () => {
  expect(read('@kibana-mark@azure.computer@/kibana-mark@')).toEqual([]);
  expect(read('follow @lilei@social.example today')).toEqual([]);
  expect(read('amqps://user:word-0@mail.example.com:5671/a')).toEqual([]);
  expect(read('see https://a.example.com/?to=lilei@mail.example.com').map(({ dataType }) => dataType)).toEqual(['email']);
  expect(read('mail:lilei@mail.example.com').map(({ dataType }) => dataType)).toEqual(['email']);
});
