import { expect, test } from 'vitest';
import { storedJson } from '../../src/store/stored-json.js';

test('what was written is read; what is damaged has a code and a next step', () => {
  expect(storedJson<{ a: number }>('{"a":1}')).toEqual({ a: 1 });
  expect(() => storedJson('{"a":\u0000')).toThrow(
    expect.objectContaining({ code: 'OVR_STORE_CORRUPT', next: expect.stringContaining('--data-dir') }),
  );
});
