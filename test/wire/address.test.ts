import { describe, expect, it } from 'vitest';
import { sameAuthority, targetUrl } from '../../src/wire/address.js';
import { Warnings } from '../../src/wire/warnings.js';
import { openTap } from './conversation.js';

function url(aim: Partial<Parameters<typeof targetUrl>[1]>, over: Parameters<typeof openTap>[0] = {}) {
  const warnings = new Warnings();
  const made = targetUrl(openTap(over), { method: 'GET', target: '/p?q=1', authority: 'shop.example', ...aim }, warnings);
  return [made, ...warnings.list().map(({ code }) => code)];
}

describe('targetUrl', () => {
  it('takes scheme from the layer and drops only the default port', () => {
    expect(url({})).toEqual(['https://shop.example/p?q=1']);
    expect(url({ authority: 'shop.example:8443' }, { port: 8443 })).toEqual(['https://shop.example:8443/p?q=1']);
    expect(url({}, { layer: 'http', port: 80 })).toEqual(['http://shop.example/p?q=1']);
    expect(url({ authority: 'Shop.Example.:443' })).toEqual(['https://Shop.Example.:443/p?q=1']);
  });

  it('falls back on what the phone connected to', () => {
    expect(url({ authority: null }, { host: '2001:db8::1', port: 8443, sni: null })).toEqual(['https://[2001:db8::1]:8443/p?q=1']);
    expect(url({ authority: 'bad host<script>' })).toEqual(['https://shop.example/p?q=1', 'invalid-host', 'host-mismatch']);
  });

  it('names a Host that differs from the connection, in name or port', () => {
    expect(url({ authority: 'other.example' })).toEqual(['https://other.example/p?q=1', 'host-mismatch']);
    expect(url({ authority: 'shop.example' }, { port: 8443 })).toContain('host-mismatch');
  });

  it('takes HTTPDNS for no mismatch: an address was dialled, SNI and Host agree', () => {
    expect(url({}, { host: '203.0.113.7' })).toEqual(['https://shop.example/p?q=1']);
    expect(url({}, { host: '203.0.113.7', sni: null })).toContain('host-mismatch');
    expect(url({}, { host: '203.0.113.7', sni: 'front.example' })).toContain('host-mismatch');
  });

  it('lets the absolute form win over Host', () => {
    expect(url({ target: 'http://a.example/x', authority: 'a.example' }, { layer: 'http', host: 'a.example', port: 80 })).toEqual([
      'http://a.example/x',
    ]);
    expect(url({ target: 'http://a.example/x', authority: 'b.example' }, { layer: 'http', host: 'a.example', port: 80 })).toEqual([
      'http://a.example/x',
      'host-mismatch',
    ]);
  });

  it('makes a URL of CONNECT and of the asterisk form', () => {
    expect(url({ method: 'CONNECT', target: 'in.example:443' })).toEqual(['https://in.example:443/']);
    expect(url({ method: 'OPTIONS', target: '*' })).toEqual(['https://shop.example/']);
  });

  it('gives plain ASCII and hides nothing behind a #', () => {
    expect(url({ target: '/\xe5\xbc\xa0#imei=1\t\x00' })).toEqual(['https://shop.example/%E5%BC%A0%23imei=1%09%00']);
    expect(URL.canParse(url({ target: '/a b' })[0] ?? '')).toBe(true);
  });
});

it('compares authorities without case, default port and final dot', () => {
  expect(sameAuthority('A.example.:443', 'a.example', true)).toBe(true);
  expect(sameAuthority('a.example:443', 'a.example', false)).toBe(false);
});
