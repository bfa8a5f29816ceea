import { describe, expect, it } from 'vitest';
import { isPersons } from '../../src/detect/display-name.js';
import { decodedOf } from './fixture.js';

const { fields } = decodedOf([{ path: 'body.$.display_name', keys: ['display_name'], value: '海边的风' }]);
const withApp = decodedOf([
  { path: 'body.$.display_name', keys: ['display_name'], value: '例应用' },
  { path: 'body.$.app_name', keys: ['app_name'], value: 'example' },
]).fields;

describe('isPersons', () => {
  it('takes a displayed name for a person’s beside what a person has', () => {
    expect(isPersons(new Set(['gender']), fields)).toBe(true);
  });

  it('takes it for none beside a device alone, or where an app describes itself', () => {
    expect(isPersons(new Set(['os_version', 'imei']), fields)).toBe(false);
    expect(isPersons(new Set(['email']), withApp)).toBe(false);
  });
});
