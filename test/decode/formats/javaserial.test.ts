import { expect, test } from 'vitest';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** As `ObjectOutputStream` of OpenJDK wrote them: an object with one above it, and a map with a number behind it. */
const OBJECT = Buffer.from(
  'rO0ABXNyAApHZW4kRGV2aWNlAAAAAAAAAAICABRCAAFiQwABY0YAAWZKAAJpZEQAA2xhdEkAAW5aAAJva1MAAXNMAAdhZGRyZXNzdAANTEdlbiRBZGRyZXNzO0wAAmF0' +
    'dAAQTGphdmEvdXRpbC9EYXRlO0wABWJveGVkdAATTGphdmEvbGFuZy9JbnRlZ2VyO0wABGtpbmR0AApMR2VuJEtpbmQ7TAAEbGlzdHQAEExqYXZhL3V0aWwvTGlzdDtM' +
    'AANtYXB0AA9MamF2YS91dGlsL01hcDtbAAVuYW1lc3QAE1tMamF2YS9sYW5nL1N0cmluZztMAARub25ldAASTGphdmEvbGFuZy9TdHJpbmc7WwAEbnVtc3QAAltJWwAD' +
    'cmF3dAACW0JMAARzZWxmdAAMTEdlbiREZXZpY2U7TAAEdHJlZXEAfgAGeHIACEdlbiRCYXNlAAAAAAAAAAECAAFMAARpbWVpcQB+AAh4cHQADzQ5MDE1NDIwMzIzNzUx' +
    'OAMAeD/AAABAAAAAAAAAAEA/Ovt+kP+X////+wEAB3NyAAtHZW4kQWRkcmVzcwAAAAAAAAADAwABTAAEY2l0eXEAfgAIeHB0AAbkuIrmtbd3DAAKZXh0cmEgdGV4dHQA' +
    'CG9uZSBtb3JleHNyAA5qYXZhLnV0aWwuRGF0ZWhqgQFLWXQZAwAAeHB3CAAAAZca7rzkeHNyABFqYXZhLmxhbmcuSW50ZWdlchLioKT3gYc4AgABSQAFdmFsdWV4cgAQ' +
    'amF2YS5sYW5nLk51bWJlcoaslR0LlOCLAgAAeHAAAAAqfnIACEdlbiRLaW5kAAAAAAAAAAASAAB4cgAOamF2YS5sYW5nLkVudW0AAAAAAAAAABIAAHhwdAAEV09SS3Ny' +
    'ABNqYXZhLnV0aWwuQXJyYXlMaXN0eIHSHZnHYZ0DAAFJAARzaXpleHAAAAACdwQAAAACdAAFZmlyc3RzcgARamF2YS51dGlsLkhhc2hNYXAFB9rBwxZg0QMAAkYACmxv' +
    'YWRGYWN0b3JJAAl0aHJlc2hvbGR4cD9AAAAAAAABdwgAAAACAAAAAXQAA21hY3QAETAyOkFCOkNEOjAwOjAwOjAxeHhzcQB+AB8/QAAAAAAADHcIAAAAEAAAAAJ0AAVw' +
    'aG9uZXQACzEzOTAwMDAwMDAxdAABbnNyAA5qYXZhLmxhbmcuTG9uZzuL5JDMjyPfAgABSgAFdmFsdWV4cQB+ABYAAAAAAAAACXh1cgATW0xqYXZhLmxhbmcuU3RyaW5n' +
    'O63SVufpHXtHAgAAeHAAAAACdAAG5byg5LiJcQB+AA5wdXIAAltJTbpgJnbqsqUCAAB4cAAAAAIAAAABAAAAAnVyAAJbQqzzF/gGCFTgAgAAeHAAAAADAQIDcQB+AA1z' +
    'cgARamF2YS51dGlsLlRyZWVNYXAMwfY+LSVq5gMAAUwACmNvbXBhcmF0b3J0ABZMamF2YS91dGlsL0NvbXBhcmF0b3I7eHBwdwQAAAABdAABYXQAAWJ4',
  'base64',
);
const MAP = Buffer.from(
  'rO0ABXNyABdqYXZhLnV0aWwuTGlua2VkSGFzaE1hcDTATlwQbMD7AgABWgALYWNjZXNzT3JkZXJ4cgARamF2YS51dGlsLkhhc2hNYXAFB9rBwxZg0QMAAkYACmxvYWRG' +
    'YWN0b3JJAAl0aHJlc2hvbGR4cD9AAAAAAAAMdwgAAAAQAAAABXQABGltZWl0AA80OTAxNTQyMDMyMzc1MTh0AAR0YWdzc3IAFGphdmEudXRpbC5MaW5rZWRMaXN0DClT' +
    'XUpgiCIDAAB4cHcEAAAAAnQAAXh0AAF5eHQAA3NldHNyABFqYXZhLnV0aWwuSGFzaFNldLpEhZWWuLc0AwAAeHB3DAAAABA/QAAAAAAAAXQAAXF4dAABZHNyABBqYXZh' +
    'LmxhbmcuRG91YmxlgLPCSilr+wQCAAFEAAV2YWx1ZXhyABBqYXZhLmxhbmcuTnVtYmVyhqyVHQuU4IsCAAB4cD/0AAAAAAAAdAADaW1tc3IAEWphdmEudXRpbC5Db2xs' +
    'U2VyV46rtjobqBEDAAFJAAN0YWd4cAAAAAF3BAAAAAJ0AAJpMXQAAmkyeHgAdwQAAAAF',
  'base64',
);

test('an object with the names of its fields, and those of the classes above it', () => {
  const fields = opened(OBJECT);
  expect(fields).toMatchObject({
    'body|javaserial.imei': '490154203237518',
    'body|javaserial.id': '4611686018427387904',
    'body|javaserial.lat': '31.2304',
    'body|javaserial.f': '1.5',
    'body|javaserial.n': '-5',
    'body|javaserial.s': '7',
    'body|javaserial.b': '3',
    'body|javaserial.c': 'x',
    'body|javaserial.ok': 'true',
    'body|javaserial.none': 'null',
    'body|javaserial.kind': 'WORK',
    'body|javaserial.boxed': '42',
    'body|javaserial.at': '1748503543012',
    'body|javaserial.names[0]': '张三',
    'body|javaserial.nums[1]': '2',
    'body|javaserial.address.city': '上海',
    'body|javaserial.address[1]': 'one more',
    'body|javaserial.map.phone': '13900000001',
    'body|javaserial.list[1].mac': '02:AB:CD:00:00:01',
    'body|javaserial.tree.a': 'b',
  });
  expect(fields['body|javaserial.names[1]'], 'a text that stood before').toBe('490154203237518');
  expect(inside(OBJECT)).toMatchObject({ '|base64|javaserial.map.phone': '13900000001' });
});

test('incident: a text with an emoji or a rare character, which Java writes in two halves, was no text', () => {
  const halves = Buffer.from('e5bca0e4b889eda0bdedb880', 'hex');
  const text = (bytes: Buffer) => Buffer.concat([Buffer.from([0x74, 0, bytes.length]), bytes]);
  expect(opened(Buffer.concat([Buffer.from('aced0005', 'hex'), text(halves)]))).toEqual({ 'body|javaserial': '张三😀' });
});

test('collections give their elements, and what the library keeps of itself is left out', () => {
  const fields = opened(MAP);
  expect(fields).toMatchObject({
    'body|javaserial.imei': '490154203237518',
    'body|javaserial.tags[1]': 'y',
    'body|javaserial.set[0]': 'q',
    'body|javaserial.d': '1.25',
    'body|javaserial.imm[1]': 'i2',
  });
  expect(Object.keys(fields).filter((path) => /threshold|loadFactor/.test(path))).toEqual([]);
});

test('what breaks off is read up to there, and told', () => {
  const { fields, opaque } = decodeBytes(OBJECT.subarray(0, 900), 'body');
  expect(fields.map(({ path }) => path)).toContain('body|javaserial.imei');
  expect(opaque).toHaveLength(1);
});

test('lengths that lie, types that are none, numbers that refer to nothing', () => {
  for (const lie of [
    'aced0005',
    'aced000574ffff41',
    'aced00057c7fffffffffffffff41',
    'aced000501',
    'aced0005737100000000',
    'aced0005750000',
  ])
    expect(
      Object.keys(opened(Buffer.from(lie, 'hex'))).filter((path) => path.includes('|javaserial')),
      lie,
    ).toEqual([]);
});

test('classes above one another without end, and a long text that is referred to again and again', () => {
  const deep = Buffer.concat([
    Buffer.from('aced000573', 'hex'),
    Buffer.alloc(500_000, Buffer.from('72000141000000000000000002000078', 'hex')),
  ]);
  expect(Object.keys(opened(deep)).filter((path) => path.includes('|javaserial'))).toEqual([]);
  const text = Buffer.alloc(60_000, 0x61);
  const again = Buffer.concat([Buffer.from('aced000574ea60', 'hex'), text, Buffer.alloc(5 * 10_000, Buffer.from('71007e0000', 'hex'))]);
  expect(decodeRequest(request({ body: again })).limits.map(({ limit }) => limit)).toContain('decodeWork');
});

nearMisses('javaserial', { content: OBJECT });
