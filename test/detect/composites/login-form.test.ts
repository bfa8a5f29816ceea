import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';

const detector = createDetector({ dataTypes });
const accounts = (body: object) =>
  detector
    .detect(decodeRequest(request({ body: JSON.stringify(body) })))
    .filter(({ dataType, grade }) => dataType === 'account_id' && grade !== 'candidate')
    .map(({ path }) => path);

describe('login-form', () => {
  it('takes what is sent beside a password for the account that it opens', () => {
    expect(accounts({ id: 'example01', password: 'hunter2266' })).toEqual(['body.$.id']);
    expect(accounts({ name: 'anna.b', password: 'hunter2266' })).toEqual(['body.$.name']);
  });

  it('takes a mobile number there for what it is', () => {
    const body = JSON.stringify({ u: '13912345678', password: 'hunter2266' });
    const found = detector.detect(decodeRequest(request({ body }))).filter(({ path }) => path === 'body.$.u');
    expect(found.map(({ dataType, grade }) => [dataType, grade])).toEqual([['phone_number', 'probable']]);
  });

  it('takes none without one, none in another object, and no name of the app', () => {
    expect(accounts({ id: 'example01' })).toEqual([]);
    expect(accounts({ item: { id: 'example01' }, password: 'hunter2266' })).toEqual([]);
    expect(accounts({ id: 'MobileApp', password: 'hunter2266' })).toEqual([]);
    expect(accounts({ account: 'Account', password: 'hunter2266' })).toEqual([]);
    expect(accounts({ id: '12', password: 'hunter2266' })).toEqual([]);
  });

  it('takes an account of three digits by its own name, misspelled too', () => {
    expect(accounts({ account: '318', password: 'hunter2266' })).toEqual(['body.$.account']);
    expect(accounts({ accout: '98765432', password: 'hunter2266' })).toEqual(['body.$.accout']);
    expect(accounts({ id: '318', password: 'hunter2266' })).toEqual([]);
    expect(accounts({ account: '007', password: 'hunter2266' })).toEqual([]);
  });

  const read = (url: string, body?: string) =>
    detector
      .detect(decodeRequest(request({ url, ...(body === undefined ? {} : { body, contentType: 'application/x-www-form-urlencoded' }) })))
      .filter(({ dataType, grade }) => (dataType === 'account_id' || dataType === 'password') && grade !== 'candidate')
      .map(({ dataType, path }) => `${dataType} ${path}`)
      .sort();

  it('incident: a password in an address went unseen, where a game had called it p beside u', () => {
    expect(read('https://example.com/index.php?c=user&m=login&u=examplejane&p=hunter2266')).toEqual([
      'account_id query.u',
      'password query.p',
    ]);
    expect(read('https://example.com/api/user/doLogin', 'un=examplejane&pw=hunter2266')).toEqual([
      'account_id body.form.un',
      'password body.form.pw',
    ]);
  });

  it('takes initials for nothing elsewhere, nor a page, a platform, a moment or the same thing twice', () => {
    for (const url of [
      'https://example.com/index.php?c=user&m=list&u=examplejane&p=hunter2266',
      'https://example.com/login/config?u=examplejane&p=hunter2266',
      'https://example.com/login?u=examplejane&p=2',
      'https://example.com/login?u=examplejane&p=android',
      'https://example.com/login?u=examplejane&p=1700000000123',
      'https://example.com/login?u=examplejane&p=ios:9.1.77',
      'https://example.com/login?u=hunter2266&p=hunter2266',
      'https://example.com/login?u=https%3A%2F%2Fexample.com&p=hunter2266',
      'https://example.com/login?p=hunter2266',
    ])
      expect(read(url), url).toEqual([]);
  });
});
