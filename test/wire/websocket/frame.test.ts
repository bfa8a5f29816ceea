import { expect, it } from 'vitest';
import { Intake } from '../../../src/wire/intake.js';
import { frameSize, parseFrame } from '../../../src/wire/websocket/frame.js';

function size(bytes: number[]): number | null {
  const intake = new Intake();
  intake.push(Uint8Array.from(bytes));
  return frameSize(intake);
}

it('tells the size of a head from its second byte', () => {
  expect(size([0x81])).toBeNull();
  expect(size([0x81, 5])).toBe(2);
  expect(size([0x81, 126])).toBe(4);
  expect(size([0x81, 127])).toBe(10);
  expect(size([0x81, 0x85])).toBe(6);
  expect(size([0x81, 0xff])).toBe(14);
});

it('reads bits, lengths and mask', () => {
  expect(parseFrame(Uint8Array.from([0xc2, 0x80 | 126, 1, 0, 9, 8, 7, 6]))).toEqual({
    fin: true,
    rsv1: true,
    rsv2: false,
    rsv3: false,
    opcode: 2,
    masked: true,
    mask: Uint8Array.from([9, 8, 7, 6]),
    length: 256,
  });
  expect(parseFrame(Uint8Array.from([0x31, 127, 0, 0, 0, 1, 0, 0, 0, 0]))).toMatchObject({
    fin: false,
    rsv2: true,
    rsv3: true,
    length: 2 ** 32,
  });
});
