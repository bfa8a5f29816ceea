import { expect, test } from 'vitest';
import { customProperties } from '../../../src/decode/office/properties.js';

const property = (name: string, value: string) => `<property fmtid="{D5CDD505}" pid="2" name="${name}">${value}</property>`;

test('each property under its own name, of whatever kind its value is', () => {
  const xml = `<op:Properties>${property('imei', '<vt:lpwstr> 490154203237518 </vt:lpwstr>')}${property('when', '<vt:filetime>2024-03-05T00:00:00Z</vt:filetime>')}</op:Properties>`;
  expect(customProperties(xml)).toEqual({
    properties: [
      { name: 'imei', value: '490154203237518' },
      { name: 'when', value: '2024-03-05T00:00:00Z' },
    ],
    isWhole: true,
  });
});

test('without name or value there is none, and what breaks off says so', () => {
  expect(customProperties(`<Properties>${property('', '<v>a</v>')}${property('b', '<v/>')}</Properties>`).properties).toEqual([]);
  expect(customProperties(`<Properties>${property('a', '<v>1</v>')}<property name="b`)).toEqual({
    properties: [{ name: 'a', value: '1' }],
    isWhole: false,
  });
});
