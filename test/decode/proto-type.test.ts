import { expect, test } from 'vitest';
import { fieldOf, innerType, packedWire, readingOf, typeOf } from '../../src/decode/proto-type.js';
import { schemaOf } from './sample.js';

const schema = schemaOf(
  'message Outer { Inner inner = 1; sint32 shift = 2; repeated fixed64 ids = 3; elsewhere.T other = 4; E kind = 5; bytes raw = 6; } message Inner { string imei = 1; } message Other { string a = 1; string b = 2; string c = 3; } enum E { A = 0; }',
  'a.proto',
);

test('the outermost message that names most of the fields and contradicts none', () => {
  expect(
    typeOf(
      [
        [1, 2],
        [2, 0],
      ],
      [schema],
    )?.message.name,
  ).toBe('Outer');
  expect(
    typeOf(
      [
        [1, 2],
        [2, 2],
        [3, 2],
      ],
      [schema],
    )?.message.name,
  ).toBe('Other');
  // Inner is part of Outer and no message of its own.
  expect(typeOf([[1, 2]], [schema])?.message.name).toBe('Outer');
  expect(typeOf([[1, 0]], [schema])).toBeNull();
  expect(
    typeOf(
      [
        [90, 2],
        [91, 2],
        [1, 2],
      ],
      [schema],
    ),
  ).toBeNull();
  expect(typeOf([[1, 2]], [{ ...schema, outer: ['Inner'] }])?.message.name).toBe('Inner');
});

test('a field is known only where the wire can be it', () => {
  const type = typeOf(
    [
      [1, 2],
      [2, 0],
    ],
    [schema],
  );
  expect(fieldOf(type, 2, 0)?.name).toBe('shift');
  expect(fieldOf(type, 2, 2)).toBeNull();
  expect(fieldOf(type, 3, 1)?.name).toBe('ids');
  expect(fieldOf(type, 3, 2)?.name).toBe('ids');
  expect(fieldOf(type, 4, 2)?.name).toBe('other');
  expect(fieldOf(null, 1, 2)).toBeNull();
  const field = (number: number) => fieldOf(type, number, number === 3 ? 1 : number === 2 || number === 5 ? 0 : 2)!;
  expect(readingOf(field(2), schema)).toBe('zigzag');
  expect(readingOf(field(5), schema)).toBe('enum');
  expect(readingOf(field(4), schema)).toBeNull();
  expect(packedWire(field(3), schema)).toBe(1);
  expect(packedWire(field(2), schema)).toBeNull();
  expect(innerType(field(1), schema)?.message.name).toBe('Inner');
  expect(innerType(field(6), schema)).toBeNull();
});
