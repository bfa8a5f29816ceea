import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, request } from '../sample.js';

/** As `avsc` wrote two events, packed with nothing and with deflate. */
const PLAIN = Buffer.from(
  'T2JqAQQWYXZyby5zY2hlbWGSDHsibmFtZSI6ImNvbS5leGFtcGxlLkV2ZW50IiwidHlwZSI6InJlY29yZCIsImZpZWxkcyI6W3sibmFtZSI6ImltZWkiLCJ0eXBlIjoi' +
    'c3RyaW5nIn0seyJuYW1lIjoibiIsInR5cGUiOiJpbnQifSx7Im5hbWUiOiJiaWciLCJ0eXBlIjoibG9uZyJ9LHsibmFtZSI6ImxhdCIsInR5cGUiOiJkb3VibGUifSx7' +
    'Im5hbWUiOiJmIiwidHlwZSI6ImZsb2F0In0seyJuYW1lIjoib2siLCJ0eXBlIjoiYm9vbGVhbiJ9LHsibmFtZSI6Im5vbmUiLCJ0eXBlIjpbIm51bGwiLCJzdHJpbmci' +
    'XX0seyJuYW1lIjoic29tZSIsInR5cGUiOlsibnVsbCIsInN0cmluZyJdfSx7Im5hbWUiOiJraW5kIiwidHlwZSI6eyJuYW1lIjoiY29tLmV4YW1wbGUuS2luZCIsInR5' +
    'cGUiOiJlbnVtIiwic3ltYm9scyI6WyJIT01FIiwiV09SSyJdfX0seyJuYW1lIjoicmF3IiwidHlwZSI6ImJ5dGVzIn0seyJuYW1lIjoiZml4IiwidHlwZSI6eyJuYW1l' +
    'IjoiY29tLmV4YW1wbGUuU2l4IiwidHlwZSI6ImZpeGVkIiwic2l6ZSI6Nn19LHsibmFtZSI6InRhZ3MiLCJ0eXBlIjp7InR5cGUiOiJhcnJheSIsIml0ZW1zIjoic3Ry' +
    'aW5nIn19LHsibmFtZSI6Im1hcCIsInR5cGUiOnsidHlwZSI6Im1hcCIsInZhbHVlcyI6InN0cmluZyJ9fSx7Im5hbWUiOiJkZXYiLCJ0eXBlIjp7Im5hbWUiOiJjb20u' +
    'ZXhhbXBsZS5EZXYiLCJ0eXBlIjoicmVjb3JkIiwiZmllbGRzIjpbeyJuYW1lIjoibWFjIiwidHlwZSI6InN0cmluZyJ9LHsibmFtZSI6Im5leHQiLCJ0eXBlIjpbIm51' +
    'bGwiLCJjb20uZXhhbXBsZS5EZXYiXX1dfX1dfRRhdnJvLmNvZGVjCG51bGwAvcfJ19Lg/CpQBU0ttuLyUgSgAx40OTAxNTQyMDMyMzc1MTgJyPP1ruNll/+Qfvs6P0AA' +
    'AMA/AQACDOW8oOS4iQIGAQIDYWJjZGVmBAJhAmIAAgpwaG9uZRYxMzkwMDAwMDAwMQAiMDI6QUI6Q0Q6MDA6MDA6MDECAngAHjQ5MDE1NDIwMzIzNzUxOAzI8/Wu42WX' +
    '/5B++zo/QAAAwD8BAAIM5byg5LiJAgYBAgNhYmNkZWYEAmECYgACCnBob25lFjEzOTAwMDAwMDAxACIwMjpBQjpDRDowMDowMDowMQICeAC9x8nX0uD8KlAFTS224vJS',
  'base64',
);
const DEFLATED = Buffer.from(
  'T2JqAQQWYXZyby5zY2hlbWGSDHsibmFtZSI6ImNvbS5leGFtcGxlLkV2ZW50IiwidHlwZSI6InJlY29yZCIsImZpZWxkcyI6W3sibmFtZSI6ImltZWkiLCJ0eXBlIjoi' +
    'c3RyaW5nIn0seyJuYW1lIjoibiIsInR5cGUiOiJpbnQifSx7Im5hbWUiOiJiaWciLCJ0eXBlIjoibG9uZyJ9LHsibmFtZSI6ImxhdCIsInR5cGUiOiJkb3VibGUifSx7' +
    'Im5hbWUiOiJmIiwidHlwZSI6ImZsb2F0In0seyJuYW1lIjoib2siLCJ0eXBlIjoiYm9vbGVhbiJ9LHsibmFtZSI6Im5vbmUiLCJ0eXBlIjpbIm51bGwiLCJzdHJpbmci' +
    'XX0seyJuYW1lIjoic29tZSIsInR5cGUiOlsibnVsbCIsInN0cmluZyJdfSx7Im5hbWUiOiJraW5kIiwidHlwZSI6eyJuYW1lIjoiY29tLmV4YW1wbGUuS2luZCIsInR5' +
    'cGUiOiJlbnVtIiwic3ltYm9scyI6WyJIT01FIiwiV09SSyJdfX0seyJuYW1lIjoicmF3IiwidHlwZSI6ImJ5dGVzIn0seyJuYW1lIjoiZml4IiwidHlwZSI6eyJuYW1l' +
    'IjoiY29tLmV4YW1wbGUuU2l4IiwidHlwZSI6ImZpeGVkIiwic2l6ZSI6Nn19LHsibmFtZSI6InRhZ3MiLCJ0eXBlIjp7InR5cGUiOiJhcnJheSIsIml0ZW1zIjoic3Ry' +
    'aW5nIn19LHsibmFtZSI6Im1hcCIsInR5cGUiOnsidHlwZSI6Im1hcCIsInZhbHVlcyI6InN0cmluZyJ9fSx7Im5hbWUiOiJkZXYiLCJ0eXBlIjp7Im5hbWUiOiJjb20u' +
    'ZXhhbXBsZS5EZXYiLCJ0eXBlIjoicmVjb3JkIiwiZmllbGRzIjpbeyJuYW1lIjoibWFjIiwidHlwZSI6InN0cmluZyJ9LHsibmFtZSI6Im5leHQiLCJ0eXBlIjpbIm51' +
    'bGwiLCJjb20uZXhhbXBsZS5EZXYiXX1dfX1dfRRhdnJvLmNvZGVjDmRlZmxhdGUAVd/N3biuiXebAEbNZyIV+wTUAZMzsTQwNDUxMjA2MjY3NbTgPPH567rHqdP/T6j7' +
    'bWXvwMBwwJ6RgYnn6Z4FT3Z0MrExMjEnJiWnpKaxMCUyJTEwcRVk5OelihkaWxpAgCGDkoGRlaOTlbOLlYEBGBkyMVUwyKHZw0MjewBV383duK6Jd5sARs1nIhX7',
  'base64',
);

const FIELDS = {
  '[0].imei': '490154203237518',
  '[0].n': '-5',
  '[0].big': '1748503543012',
  '[0].lat': '31.2304',
  '[0].f': '1.5',
  '[0].ok': 'true',
  '[0].some': '张三',
  '[0].kind': 'WORK',
  '[0].fix': 'abcdef',
  '[0].tags[1]': 'b',
  '[0].map.phone': '13900000001',
  '[0].dev.next.mac': 'x',
  '[1].n': '6',
};
const under = (path: string) => Object.fromEntries(Object.entries(FIELDS).map(([name, value]) => [`${path}${name}`, value]));
const told = (body: Buffer) => decodeRequest(request({ body })).opaque.map(({ path, shape }) => `${path} ${shape.join(' ')}`);
const zigzag = (value: number) => {
  const bytes: number[] = [];
  for (let left = value * 2; ; left = Math.floor(left / 128)) {
    bytes.push(left < 128 ? left : (left & 127) | 128);
    if (left < 128) return Buffer.from(bytes);
  }
};
const sized = (text: string) => Buffer.concat([zigzag(Buffer.byteLength(text)), Buffer.from(text)]);

function container(schema: unknown, count: number, block: Buffer, codec = 'null'): Buffer {
  const sync = Buffer.alloc(16, 7);
  const head = Buffer.concat([
    Buffer.from('Obj\u0001'),
    zigzag(2),
    sized('avro.schema'),
    sized(JSON.stringify(schema)),
    sized('avro.codec'),
    sized(codec),
  ]);
  return Buffer.concat([head, zigzag(0), sync, zigzag(count), zigzag(block.length), block, sync]);
}

test('events with the names of their schema', () => {
  expect(opened(PLAIN)).toMatchObject(under('body|avro'));
  expect(opened(DEFLATED)).toMatchObject(under('body|avro'));
  expect(inside(DEFLATED)).toMatchObject(under('|base64|avro'));
  expect(told(PLAIN)).toEqual([]);
});

test('another way of packing, and a block that is broken, are told as unread', () => {
  expect(told(container('string', 1, sized('a text of some length'), 'zstandard'))).toEqual(['body|avro[0] unread-part avro']);
  expect(told(container('string', 2, sized('a text')))).toEqual(['body|avro[0] unread-part avro']);
  expect(told(PLAIN.subarray(0, -40))).toEqual(['body|avro[0] unread-part avro']);
});

test('names of types in namespaces, and schemas that are none', () => {
  const schema = {
    type: 'record',
    name: 'a.b.Outer',
    fields: [
      { name: 'one', type: { type: 'enum', name: 'Kind', symbols: ['x', 'y'] } },
      { name: 'two', type: 'a.b.Kind' },
      { name: 'three', type: 'Kind' },
    ],
  };
  expect(opened(container(schema, 1, Buffer.from([2, 0, 2])))).toMatchObject({
    'body|avro[0].one': 'y',
    'body|avro[0].two': 'x',
    'body|avro[0].three': 'y',
  });
  for (const none of ['nothing', 5, null, { type: 'record', name: 'R', fields: [1] }, { type: 'array' }, []])
    expect(
      Object.keys(opened(container(none, 1, Buffer.from([2, 0, 2])))).filter((path) => path.includes('|avro')),
      JSON.stringify(none),
    ).toEqual([]);
});

test('values that take no bytes, and records in themselves', () => {
  const nothing = { type: 'record', name: 'R', fields: [] };
  expect(limitsOf(container(nothing, 2 ** 40, Buffer.alloc(4)))).toEqual(['decodeWork']);
  const many = Buffer.concat([zigzag(2 ** 40), Buffer.alloc(4)]);
  expect(limitsOf(container({ type: 'array', items: 'null' }, 1, many))).toEqual(['decodeWork']);
  const own = { type: 'record', name: 'R', fields: [{ name: 'r', type: ['null', 'R'] }] };
  expect(limitsOf(container(own, 1, Buffer.alloc(2_000, 2)))).toEqual(['structDepth']);
});

nearMisses('avro', { content: PLAIN });
