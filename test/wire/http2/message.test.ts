import { describe, expect, it } from 'vitest';
import { checkLength, requestOf, responseOf } from '../../../src/wire/http2/message.js';
import { Warnings } from '../../../src/wire/warnings.js';
import { openTap } from '../conversation.js';

function read(fields: Array<[string, string]>) {
  const warnings = new Warnings();
  return { ...requestOf(openTap(), fields, warnings), codes: warnings.list().map(({ code }) => code) };
}

const PSEUDO: Array<[string, string]> = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'shop.example'],
  [':path', '/a'],
];

describe('requestOf', () => {
  it('takes the pseudo fields out, crumbs of cookies stay apart', () => {
    expect(read([...PSEUDO, ['cookie', 'a=1'], ['cookie', 'b=2']])).toMatchObject({
      head: {
        method: 'GET',
        target: '/a',
        url: 'https://shop.example/a',
        httpVersion: '2',
        headers: [
          ['cookie', 'a=1'],
          ['cookie', 'b=2'],
        ],
      },
      tunnel: null,
      codes: [],
    });
  });

  it('uses host without :authority, and names a disagreement', () => {
    const [method, scheme, , path] = PSEUDO;
    if (method === undefined || scheme === undefined || path === undefined) throw new Error('no fields');
    expect(read([method, scheme, path, ['host', 'shop.example']])).toMatchObject({ head: { url: 'https://shop.example/a' }, codes: [] });
    expect(read([...PSEUDO, ['host', 'other.example']]).codes).toEqual(['host-mismatch']);
  });

  it('names pseudo fields that are doubled, late, unknown or missing', () => {
    expect(read([...PSEUDO, [':path', '/b']])).toMatchObject({ head: { target: '/a' }, codes: ['malformed-pseudo-fields'] });
    expect(read([['x', '1'], ...PSEUDO]).codes).toEqual(['malformed-pseudo-fields']);
    expect(read([...PSEUDO, [':status', '200']]).codes).toEqual(['malformed-pseudo-fields']);
    expect(read([[':method', 'GET']]).codes).toEqual(['malformed-pseudo-fields']);
  });

  it('incident: what a pseudo field said that is unknown, doubled or odd was dropped', () => {
    const { headers } = read([...PSEUDO, [':imei', '490154203237518'], [':path', '/b']]).head;
    expect(headers).toEqual([
      [':imei', '490154203237518'],
      [':path', '/b'],
    ]);
    const odd = read([
      [':method', 'CONNECT'],
      [':authority', 'shop.example:443'],
      [':scheme', 'imei-490154203237518'],
      [':path', '/c'],
    ]);
    expect(odd.head.headers).toEqual([
      [':scheme', 'imei-490154203237518'],
      [':path', '/c'],
    ]);
  });

  it('knows CONNECT and extended CONNECT', () => {
    expect(
      read([
        [':method', 'CONNECT'],
        [':authority', 'shop.example:443'],
      ]),
    ).toMatchObject({ tunnel: 'connect', head: { target: 'shop.example:443' }, codes: [] });
    expect(read([[':method', 'CONNECT'], [':protocol', 'websocket'], ...PSEUDO.slice(1)])).toMatchObject({
      tunnel: 'websocket',
      head: { url: 'https://shop.example/a', headers: [[':protocol', 'websocket']] },
    });
  });
});

it('reads a status, or says that there is none', () => {
  const warnings = new Warnings();
  expect(
    responseOf(
      [
        [':status', '204'],
        ['a', 'b'],
      ],
      warnings,
    ),
  ).toMatchObject({ status: 204, headers: [['a', 'b']] });
  expect(warnings.list()).toEqual([]);
  expect(responseOf([[':status', '2x']], warnings).status).toBe(0);
  expect(warnings.has('invalid-status')).toBe(true);
});

it('compares content-length with what came', () => {
  const warnings = new Warnings();
  checkLength([['content-length', '5']], 5, warnings);
  expect(warnings.list()).toEqual([]);
  checkLength([['content-length', '5']], 6, warnings);
  expect(warnings.has('content-length-mismatch')).toBe(true);
});
