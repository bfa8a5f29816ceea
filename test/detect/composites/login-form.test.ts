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
});
