import { describe, expect, test } from 'vitest';
import { fieldAt, joinFields, readable, utf16Span } from '../../src/detect/known-joined.js';
import { leaf } from './known-fixture.js';

describe('leaves in one buffer', () => {
  const fields = [
    leaf('body.$.a', 'short'),
    leaf('body.$.b', ''),
    leaf('body.$.c', '范例 and more than twenty-four characters'),
    leaf('body.$.d', '范例'),
    leaf('body.$.e', 'ignored', { kind: 'binary', bytes: Buffer.from([0, 10, 255]) }),
  ];
  const joined = joinFields(fields);

  test('texts as UTF-8, binary leaves as their bytes, one separator after each', () => {
    expect(Buffer.from(joined.bytes).toString('latin1')).toBe(
      Buffer.concat([Buffer.from('short\n\n范例 and more than twenty-four characters\n范例\n'), Buffer.from([0, 10, 255, 10])]).toString(
        'latin1',
      ),
    );
  });

  test('every position belongs to its field', () => {
    const owners = [...joined.starts].map((start) => fieldAt(joined.starts, start));
    expect(owners).toEqual([0, 1, 2, 3, 4]);
    expect(fieldAt(joined.starts, joined.starts[3]! - 1)).toBe(2);
    expect(fieldAt(joined.starts, joined.bytes.length - 1)).toBe(4);
  });

  test('no fields, no bytes', () => {
    expect(joinFields([]).bytes.length).toBe(0);
  });
});

test('spans count UTF-16 units', () => {
  const text = '😀范a例';
  const bytes = Buffer.from(text);
  expect(utf16Span(bytes, 7, 8, text)).toEqual([3, 4]);
  expect(utf16Span(Buffer.from('abc'), 1, 2, 'abc')).toEqual([1, 2]);
});

test('bytes as text: UTF-8 where they are, latin1 otherwise', () => {
  expect(readable(Buffer.from('范例'))).toBe('范例');
  expect(readable(Buffer.from([0xb7, 0xb6]))).toBe('\xb7\xb6');
});
