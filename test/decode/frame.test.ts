import { expect, test } from 'vitest';
import { frameLeaves } from '../../src/decode/frame.js';
import { Work } from '../../src/decode/work.js';

test('messages behind one another stand under their numbers, are told as what they are, and belong together', () => {
  const place = { root: 'body|grpc', keys: ['data'], work: new Work([]) };
  const [first, second, ...others] = frameLeaves(place, [
    { bytes: Buffer.from('one'), contentType: 'application/json', encoding: 'gzip' },
    { bytes: Buffer.from('two') },
  ]);
  expect(first).toMatchObject({ path: 'body|grpc[0]', keys: ['data'], kind: 'binary', frame: true, encoding: 'gzip' });
  expect(first?.contentType).toBe('application/json');
  expect(second).toMatchObject({ path: 'body|grpc[1]', bytes: Buffer.from('two') });
  expect(second?.contentType).toBeUndefined();
  expect(second?.group).toBe(first?.group);
  expect(others).toEqual([]);
});
