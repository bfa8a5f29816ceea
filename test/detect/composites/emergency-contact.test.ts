import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

const detector = createDetector({ dataTypes });
const sentTo = (url: string, body: object) =>
  detector
    .detect(decodeRequest(request({ url, body: JSON.stringify(body) })))
    .filter(({ grade }) => grade !== 'candidate')
    .map(({ dataType, path }) => [dataType, path]);

const CONTACT = { contactName: '范例甲', contactPhone: '19900001111', relation: '配偶' };

describe('emergency contact', () => {
  it('incident: the telephone of whom to call in an emergency passed as the contact phone that a list has', () => {
    expect(sentTo('https://api.example.com/safety/emergency_contact/add', CONTACT)).toEqual([['family_relation', 'body.$.relation']]);
    expect(sure({ emergencyContact: { name: '范例甲', phone: '19900001111', relationship: '朋友' } })).toEqual([
      ['family_relation', 'probable', 'body.$.emergencyContact.relationship'],
    ]);
  });

  it('says of a patient’s relation what it is, and leaves name and number to themselves', () => {
    const found = sentTo('https://api.example.com/patient/add', { realName: '范例甲', mobile: '19900001111', relation: '配偶' });
    expect(found).toEqual(
      expect.arrayContaining([
        ['family_relation', 'body.$.relation'],
        ['real_name', 'body.$.realName'],
        ['phone_number', 'body.$.mobile'],
      ]),
    );
  });

  it('needs a person and a word of kinship', () => {
    expect(sure({ relation: '配偶', title: '示例' })).toEqual([]);
    expect(sure({ relation: '朋友', name: '礼物卡' })).toEqual([]);
    expect(sure({ relation: 'AND', contactName: '范例甲' }).map(([type]) => type)).not.toContain('family_relation');
    expect(sure({ relation: '本人', contactName: '范例甲' }).map(([type]) => type)).not.toContain('family_relation');
  });
});
