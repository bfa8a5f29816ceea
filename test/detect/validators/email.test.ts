import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/email.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('email', () => {
  it.each([
    ['xiao.ming+app@example.com', 'xiao.ming+app@example.com', 'a tagged address'],
    ['A@b.cn', 'a@b.cn', 'the shortest'],
    ['xiaoming@163.com', 'xiaoming@163.com', 'a host of digits'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['logo@2x.png', 'a picture’s file name'],
    ['a..b@example.com', 'two dots'],
    ['express@4.18.1.patch', 'a package with its release'],
    ['0f0b9c2a3d4e5f6071829@wx.tenpay.com', 'incident: an account of Tenpay was told as an e-mail address'],
    ['jid0-abcdefgh@jetpack.xpi', 'the file of an add-on'],
    ['none@', 'half an address'],
    ['@example.com', 'the other half'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});

it('knows mailboxes of functions, which are nobody’s own', () => {
  for (const value of ['noreply@example.com', 'Support@example.com', 'kefu@example.cn', 'jubao@example.cn'])
    expect(read(value)?.passRate, value).toBe(0.5);
  for (const value of ['supporter7@example.com', 'infoxu@example.com']) expect(read(value)?.passRate, value).toBe(1e-6);
});

it('knows addresses of lists, which many read', () => {
  for (const value of [
    'package-announce@lists.example.org',
    'a-project-dev@example.org',
    'anything@googlegroups.com',
    'commits@example.org',
  ])
    expect(read(value)?.passRate, value).toBe(0.5);
  for (const value of ['dev@example.org', 'lilei@listservice.example', 'userlist7@example.com'])
    expect(read(value)?.passRate, value).toBe(1e-6);
});
