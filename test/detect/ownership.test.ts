import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { createDetector } from '../../src/detect/detector.js';
import { OWNERS } from '../../src/detect/owners.js';
import { isOwner, withOwners } from '../../src/detect/ownership.js';
import { dataTypes, request } from './fixture.js';

const detector = createDetector({ dataTypes });
const detect = (body: object) => detector.detect(decodeRequest(request({ body: JSON.stringify(body) })));
const sure = (body: object) =>
  detect(body)
    .filter(({ grade }) => grade === 'strong' || grade === 'probable')
    .map(({ dataType }) => dataType);

const UUID = 'fda50693-a4e2-4fb1-afcf-c6eb07647825';

describe('withOwners', () => {
  it('takes what a beacon sends for the beacon’s (uuid_of_a_beacon)', () => {
    expect(sure({ uuid: UUID, major: 7, minor: 2 })).toEqual([]);
    expect(detect({ uuid: UUID, major: 7, minor: 2 })[0]?.trace.map(({ rule }) => rule)).toContain('doubt-beacon');
    expect(sure({ uuid: UUID, minor: 2 })).toEqual(['device_uuid']);
  });

  it('takes a terminal beside a merchant for a till (till_of_a_shop)', () => {
    expect(sure({ terminalId: '50316356', merchantNo: '898110048990001', batchNo: '000012' })).toEqual([]);
    expect(sure({ terminalId: '50316356' })).toEqual(['device_uuid']);
  });

  it('takes the number of an advertisement for its own (ad_id_of_a_creative)', () => {
    expect(sure({ ad_id: UUID, creative_id: '1712345', campaign_id: '9921' })).toEqual([]);
    expect(sure({ ad_id: UUID })).toEqual(['gaid']);
    expect(sure({ gaid: UUID, creative_id: '1712345', campaign_id: '9921' })).toEqual(['gaid']);
  });

  it('takes the card of a company for the company’s (contact_of_a_company)', () => {
    const card = { email: 'jiang@example.com', tel: '0571-88881234', qq: '800012345', address: '杭州市余杭区文一西路969号' };
    expect(sure({ ...card, hotline: '95118', icp: '浙ICP备12345678号' })).toEqual([]);
    // Whoever writes down where they work is a person.
    expect(sure({ ...card, company: '某某科技' }).sort()).toEqual(['email', 'phone_number', 'postal_address', 'qq_id']);
  });

  it('gives everything else back as it is', () => {
    expect(withOwners([], () => [])).toEqual([]);
  });

  it('lets no neighbour make a clue sure that the owner denies (lamp_by_its_model)', () => {
    const lamp = { did: '100230001', model: 'example.light.mb3', ssid: 'home-5G', mac: '04:CF:8C:00:00:01', locale: 'cn' };
    expect(sure(lamp)).not.toContain('device_model');
    expect(sure({ ...lamp, model: 'M2012K11AC' })).toContain('device_model');
  });

  it('says of one object whose it is', () => {
    const beacon = OWNERS.find(({ name }) => name === 'doubt-beacon')!;
    expect(
      isOwner(
        beacon,
        new Map([
          ['major', '7'],
          ['minor', '2'],
        ]),
      ),
    ).toBe(true);
    expect(isOwner(beacon, new Map([['major', '7']]))).toBe(false);
  });
});
