import { describe, expect, it } from 'vitest';
import { decodeResponse } from '../../src/decode/index.js';
import { createFollowed, withFollowed } from '../../src/detect/followed.js';
import type { Decoded } from '../../src/model/field.js';
import type { Evidence } from '../../src/model/finding.js';
import { dataTypes, decodedOf } from './fixture.js';

const ID = '6f1d2c3b4a594687a796a5b4c3d2e1f0';
const FIRST = 'api.maker.test';
const OTHER = 'collect.other.test';

const answer = (key: string, value: string): Decoded =>
  decodedOf([{ path: `body.$.${key}`, keys: [key], value, part: 'body' }], 'response');
const ask = (value: string, path = 'query.zz'): Decoded => decodedOf([{ path, keys: ['zz'], value, part: 'query', steps: [] }]);
const learned = (key = 'deviceId', value = ID) => {
  const followed = createFollowed({ dataTypes });
  followed.learn(FIRST, answer(key, value), 10);
  return followed;
};

describe('createFollowed', () => {
  it('finds an identifier that one server handed out in a request to another, and says where it came from', () => {
    const [found, ...more] = learned().find(ask(ID), OTHER, 20);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ dataType: 'device_uuid', grade: 'probable', detector: 'followed', path: 'query.zz', value: ID });
    expect(found?.trace[0]?.text.en).toContain('api.maker.test');
  });

  it('uuid_in_capitals: the same number in another case, or without dashes, is the same', () => {
    const uuid = '6f1d2c3b-4a59-4687-a796-a5b4c3d2e1f0';
    for (const handedOut of [ID, uuid, uuid.toUpperCase()])
      for (const carried of [ID, ID.toUpperCase(), uuid, uuid.toUpperCase()])
        expect(learned('deviceId', handedOut).find(ask(carried), OTHER, 20)).toMatchObject([{ value: carried }]);
    // Echoed in another case it was the phone's own.
    const followed = createFollowed({ dataTypes });
    followed.find(ask(uuid.toUpperCase()), FIRST, 1);
    followed.learn(FIRST, answer('deviceId', uuid), 10);
    expect(followed.find(ask(ID), OTHER, 20)).toEqual([]);
    const cased = 'c7Zk2Lw9QpXv4RtY8mNb1HsD6fGjUaE0';
    expect(learned('deviceId', cased).find(ask(cased.toLowerCase()), OTHER, 20)).toEqual([]);
  });

  it('says nothing when it goes back to the same company', () => {
    expect(learned().find(ask(ID), 'log.maker.test', 20)).toEqual([]);
  });

  it('says nothing when the other server has handed it out as well', () => {
    const followed = learned();
    followed.learn(OTHER, answer('deviceId', ID), 11);
    expect(followed.find(ask(ID), OTHER, 20)).toEqual([]);
  });

  it('says nothing of what was not handed out yet when the request began, whatever the order of the calls', () => {
    expect(learned().find(ask(ID), OTHER, 10)).toEqual([]);
    expect(learned().find(ask(ID), OTHER, 5)).toEqual([]);
  });

  it('does not take for handed out what the phone had sent itself', () => {
    const followed = createFollowed({ dataTypes });
    followed.find(ask(ID), FIRST, 1);
    followed.learn(FIRST, answer('deviceId', ID), 10);
    expect(followed.find(ask(ID), OTHER, 20)).toEqual([]);
    // Learned before the earlier request was shown: time decides.
    const late = learned();
    late.find(ask(ID), FIRST, 1);
    expect(late.find(ask(ID), OTHER, 20)).toEqual([]);
  });

  it.each([
    ['a name that says nothing', 'content', ID],
    ['a short value', 'deviceId', '6f1d2c3b'],
    ['one character over and over', 'deviceId', '0'.repeat(32)],
    ['words', 'userId', 'guest-user-without-number'],
    ['an address', 'userId', 'https://a.test/0123456789abcdef'],
    ['text with blanks', 'userId', 'user 0123456789abcdef'],
  ])('does not learn %s', (_, key, value) => {
    expect(learned(key, value).find(ask(value), OTHER, 20)).toEqual([]);
  });

  it('learns any cookie as what follows a browser', () => {
    const followed = createFollowed({ dataTypes });
    const response = decodeResponse({
      status: 200,
      statusText: 'OK',
      httpVersion: '1.1',
      headers: [['set-cookie', `zq=${ID}; Path=/`]],
      trailers: [],
      body: { bytes: new Uint8Array(0), size: 0, sha256: '', truncated: false },
    });
    followed.learn(FIRST, response, 10);
    expect(followed.find(ask(ID), OTHER, 20)).toMatchObject([{ dataType: 'tracking_cookie' }]);
  });

  it('forgets the least recent beyond its limit', () => {
    const followed = createFollowed({ dataTypes, limit: 2 });
    const ids = ['a', 'b', 'c'].map((letter) => ID.replace('6f', `${letter}0`));
    for (const [index, id] of ids.entries()) followed.learn(FIRST, answer('deviceId', id), index);
    expect(ids.map((id) => followed.find(ask(id), OTHER, 20).length)).toEqual([0, 1, 1]);
  });
});

describe('what was forgotten', () => {
  it('an_echo_as_a_gift: a value that the phone sent first is never followed, however much was sent since', () => {
    const followed = createFollowed({ dataTypes, limit: 8 });
    followed.find(ask(ID), FIRST, 1);
    for (let index = 0; index < 50; index++) followed.find(ask(`${ID.slice(0, -4)}${1000 + index}`), FIRST, 2);
    followed.learn(FIRST, answer('deviceId', ID), 10);
    expect(followed.find(ask(ID), OTHER, 20)).toEqual([]);
  });

  it('a value that was handed out first is found again after it was forgotten as sent', () => {
    const followed = createFollowed({ dataTypes, limit: 8 });
    followed.learn(FIRST, answer('deviceId', ID), 10);
    expect(followed.find(ask(ID), OTHER, 20)).toHaveLength(1);
    for (let index = 0; index < 50; index++) followed.find(ask(`${ID.slice(0, -4)}${1000 + index}`), FIRST, 30);
    expect(followed.find(ask(ID), OTHER, 40)).toHaveLength(1);
  });
});

describe('withFollowed', () => {
  const [followed] = learned().find(ask(ID), OTHER, 20);
  const other = (part: Partial<Evidence>): Evidence => ({ ...followed!, detector: 'pattern', trace: [], ...part });

  it('adds a place that nothing was found at', () => {
    const before = [other({ path: 'query.a' })];
    expect(withFollowed(before, [followed!])).toEqual([...before, followed]);
  });

  it('adds a line to what is already named there', () => {
    const [merged, ...more] = withFollowed([other({ dataType: 'oaid' })], [followed!]);
    expect(more).toEqual([]);
    expect(merged).toMatchObject({ dataType: 'oaid', detector: 'pattern', trace: [{ rule: 'followed' }] });
  });

  it('takes the place of a candidate of its own type', () => {
    expect(withFollowed([other({ grade: 'candidate' })], [followed!])).toMatchObject([{ grade: 'probable', detector: 'followed' }]);
  });
});
