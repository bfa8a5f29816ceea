import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { dataTypes, request } from './fixture.js';

/** Mistakes first seen in captures of apps that no key had been written for, each rebuilt with made-up values and named for what it was. */
const detector = createDetector({ dataTypes });

function sure(parts: Parameters<typeof request>[0]): string[] {
  return detector
    .detect(decodeRequest(request(parts)))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => `${dataType} ${path}`);
}

const body = (value: object) => ({ body: JSON.stringify(value) });

describe('wrong accusations that strangers showed', () => {
  it('slot_number_as_time_zone: zone=102 is an advertising slot', () => {
    expect(sure({ url: 'https://ads.example/hb?zone=102&format=json' })).not.toContain('locale_timezone query.zone');
  });

  it('seat_as_account: a publisher’s number of three digits is nobody’s account', () => {
    expect(sure({ url: 'https://ads.example/hb?account=102&member_id=103' })).toEqual([]);
  });

  it('server_as_client: an address beside a port is where a server listens', () => {
    expect(sure(body({ route: { ip: '203.0.113.178', port: '12406' } }))).toEqual([]);
    expect(sure(body({ device: { ip: '203.0.113.178' } }))).toEqual(['ip_address body.$.device.ip']);
  });
});

describe('misses that strangers showed', () => {
  it('a User-Agent that an app wrote as it liked', () => {
    expect(sure({ headers: [['User-Agent', '6.0.2;Meizu MEIZU 20;Android;13;market;6.10']] })).toEqual(['user_agent header.user-agent']);
    expect(sure({ headers: [['User-Agent', 'exampleapp']] })).toEqual([]);
  });

  it('names abroad, below names that mean one thing', () => {
    expect(sure(body({ traits: { firstName: 'Ana', lastName: 'Souza' } }))).toEqual([
      'real_name body.$.traits.firstName',
      'real_name body.$.traits.lastName',
    ]);
    expect(sure(body({ real_name: 'Home Page' }))).toEqual([]);
  });

  it('network, system and storage under the words of smaller SDKs', () => {
    expect(
      sure(body({ netType: 'NET_WIFI', opSystem: 'iOS', opSystemVersion: '14.6', phoneModel: 'iPhone10,3', storage: '54.84' })),
    ).toEqual([
      'network_type body.$.netType',
      'os_version body.$.opSystem',
      'os_version body.$.opSystemVersion',
      'device_model body.$.phoneModel',
      'hardware_params body.$.storage',
    ]);
  });
});
