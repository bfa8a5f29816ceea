import { describe, expect, it } from 'vitest';
import { surroundingsOf } from '../../src/detect/surroundings.js';
import { decodedOf } from './fixture.js';

describe('surroundingsOf', () => {
  it('tells the platform by what names it, the majority winning', () => {
    const of = (...values: string[]) =>
      surroundingsOf(decodedOf(values.map((value, index) => ({ path: `query.os[${index}]`, part: 'query', keys: ['os'], value }))))
        .platform;
    expect(of('iOS')).toBe('ios');
    expect(of('Android 11')).toBe('android');
    expect(of('android', 'android', 'ios')).toBe('android');
    expect(of('ios', 'android')).toBeNull();
    expect(of('3')).toBeNull();
  });

  it('gives a value the name that stands beside it in the same object', () => {
    const decoded = decodedOf([
      { path: 'body.$[0].name', keys: ['name'], value: 'imei', group: 1 },
      { path: 'body.$[0].value', keys: ['value'], value: '866123456789018', group: 1 },
      { path: 'body.$[1].value', keys: ['value'], value: '7', group: 2 },
    ]);
    const { renamed } = surroundingsOf(decoded);
    expect([...renamed].map(([field, keys]) => [field.path, keys])).toEqual([['body.$[0].value', ['imei']]]);
  });

  it('reads the type of an identifier', () => {
    const decoded = decodedOf([
      { path: 'body.$.ids[0].id', keys: ['ids', 'id'], value: '866123456789018', group: 1 },
      { path: 'body.$.ids[0].type', keys: ['ids', 'type'], value: 'imei', group: 1 },
      { path: 'body.$.other.id', keys: ['other', 'id'], value: '17', group: 2 },
      { path: 'body.$.other.type', keys: ['other', 'type'], value: 'banner', group: 2 },
    ]);
    expect([...surroundingsOf(decoded).renamed.values()]).toEqual([['ids', 'imei']]);
  });

  it('knows the objects that hold the times of a connection', () => {
    const decoded = decodedOf([
      { path: 'body.$.net[0].ip', keys: ['net', 'ip'], value: '203.0.113.7', group: 1 },
      { path: 'body.$.net[0].dns', keys: ['net', 'dns'], value: '12', group: 1 },
      { path: 'body.$.me.ip', keys: ['me', 'ip'], value: '203.0.113.8', group: 2 },
      // A lease names the resolver, not how long it took.
      { path: 'body.$.dhcp.ip', keys: ['dhcp', 'ip'], value: '192.168.1.7', group: 3 },
      { path: 'body.$.dhcp.dns', keys: ['dhcp', 'dns'], value: '192.168.1.1', group: 3 },
      { path: 'body.$.lease.ip', keys: ['lease', 'ip'], value: '192.168.1.7', group: 4 },
      { path: 'body.$.lease.dns1', keys: ['lease', 'dns1'], value: '16885952', group: 4 },
    ]);
    expect([...surroundingsOf(decoded).servers]).toEqual([1]);
  });

  it('knows the objects that name a port', () => {
    const decoded = decodedOf([
      { path: 'body.$.a.ip', keys: ['a', 'ip'], value: '203.0.113.7', group: 1 },
      { path: 'body.$.a.port', keys: ['a', 'port'], value: '8080', group: 1 },
      { path: 'body.$.b.ip', keys: ['b', 'ip'], value: '203.0.113.8', group: 2 },
      // A port that is left empty names none.
      { path: 'body.$.c.ip', keys: ['c', 'ip'], value: '203.0.113.9', group: 3 },
      { path: 'body.$.c.port', keys: ['c', 'port'], value: '', group: 3 },
    ]);
    expect([...surroundingsOf(decoded).servers]).toEqual([1]);
  });

  it('leaves headers alone, whose names are their own', () => {
    const decoded = decodedOf([
      { path: 'header.name', part: 'header', keys: ['name'], value: 'imei' },
      { path: 'header.value', part: 'header', keys: ['value'], value: '1' },
    ]);
    expect(surroundingsOf(decoded).renamed.size).toBe(0);
  });

  it('names a segment of the path by the word before it', () => {
    const path = (...values: string[]) => {
      const decoded = decodedOf(values.map((value, index) => ({ path: `url.path[${index}]`, part: 'url' as const, value, steps: [] })));
      return [...surroundingsOf(decoded).renamed].map(([field, keys]) => [field.value, keys[0]]);
    };
    expect(path('v1', 'imei', '866123456789018')).toEqual([['866123456789018', 'imei']]);
    expect(path('city', 'list', 'a')).toEqual([]);
    expect(path('10410', '866123456789018')).toEqual([]);
  });

  it('incident: the address that a connection was made to, beside its times, was where the phone is', () => {
    const measured = (name: string) =>
      surroundingsOf(
        decodedOf([
          { path: 'body.$.remote_ip', keys: ['remote_ip'], value: '203.0.113.10', group: 1 },
          { path: `body.$.${name}`, keys: [name], value: '12', kind: 'number', group: 1 },
        ]),
      );
    expect([...measured('tcp').servers]).toEqual([1]);
    expect([...measured('page').servers]).toEqual([]);
  });
});
