import { expect, test } from 'vitest';
import { isBook, isEntryName, isNumber, isOfNameLength, isPlainNumber } from '../../src/detect/address-book.js';

test('what is called after the address book', () => {
  for (const key of ['contacts', 'phoneBook', 'addressBookDTOList', 'USER_CONTACTS_TELEPHONE', '通讯录'])
    expect(isBook(key), key).toBe(true);
  for (const key of [undefined, 'address', 'contactUs', 'booking', 'phone']) expect(isBook(key), key).toBe(false);
});

test('numbers and names of its entries', () => {
  expect(isNumber('13912345678')).toBe(true);
  expect(isNumber('139****5678')).toBe(true);
  expect(isNumber('8123456780')).toBe(true);
  expect(isNumber('12345')).toBe(false);
  expect(isPlainNumber('13912345678')).toBe(true);
  expect(isPlainNumber('8123456780')).toBe(false);
  expect(isEntryName('张小明')).toBe(true);
  expect(isEntryName('')).toBe(false);
  expect(isEntryName('42')).toBe(false);
  expect(isEntryName('名'.repeat(41))).toBe(false);
  for (const [name, is] of [
    ['42', true],
    ['名'.repeat(40), true],
    ['名'.repeat(41), false],
    ['', false],
  ] as const)
    expect(isOfNameLength(name)).toBe(is);
});
