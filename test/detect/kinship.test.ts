import { expect, it } from 'vitest';
import { isOfEmergency, isRelation, namesRelation, standsUnderEmergency, tellsKin } from '../../src/detect/kinship.js';
import { decodedOf } from './fixture.js';

const field = (key: string, value: string) => decodedOf([{ path: `body.$.${key}`, keys: key.split('.'), value }]).fields[0]!;

it('knows what somebody is to the user by the name of the field and by the word', () => {
  for (const key of ['relation', 'contactRelation', 'relationshipType', '与本人关系']) expect(isRelation([key]), key).toBe(true);
  for (const key of ['relationId', 'publicRelations2', 'correlation']) expect(isRelation([key]), key).toBe(false);
  for (const word of ['配偶', '父亲', '朋友', '其他亲属', 'spouse']) expect(tellsKin(field('relation', word)), word).toBe(true);
  for (const word of ['', '1', '本人', 'AND', '上下级']) expect(tellsKin(field('relation', word)), word).toBe(false);
});

it('takes a relation that was not filled in for none, and a code for one', () => {
  for (const value of ['', ' ', '0', '-1', 'null', '未知']) expect(namesRelation(field('relation', value)), value).toBe(false);
  expect(namesRelation(field('relation', '2'))).toBe(true);
});

it('tells an emergency by whole words', () => {
  for (const phrase of ['emergency contact', 'urgent contacts', '紧急联系人', 'jinji lianxiren'])
    expect(isOfEmergency(phrase), phrase).toBe(true);
  for (const phrase of ['contacts', 'insurgent list', 'sosial']) expect(isOfEmergency(phrase), phrase).toBe(false);
  expect(standsUnderEmergency(field('emergencyContact.name', '贺某'))).toBe(true);
  expect(standsUnderEmergency(field('contact.name', '贺某'))).toBe(false);
});
