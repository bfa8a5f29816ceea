import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

describe('people', () => {
  it('reads a contact book as one list', () => {
    expect(
      sure({
        contacts: [
          { name: '张小明', phone: '13912345678' },
          { name: 'Ma', phone: '13912345679' },
        ],
      }),
    ).toEqual([['contacts', 'strong', 'body.$.contacts']]);
    expect(
      sure({
        rows: [
          { displayName: '甲', mobile: '13912345678' },
          { displayName: '乙', mobile: '13912345679' },
        ],
      })[0],
    ).toEqual(['contacts', 'probable', 'body.$.rows']);
  });

  it('reads numbers one level deeper', () => {
    expect(
      sure({
        contacts: [
          { name: '甲', phones: [{ number: '13912345678' }] },
          { name: '乙', phones: [{ number: '13912345679' }] },
        ],
      }).map(([dataType]) => dataType),
    ).toContain('contacts');
  });

  it('tells calls from messages', () => {
    expect(sure({ callLog: [{ number: '13912345678', date: 1_700_000_000_000, duration: 62 }] })[0]?.[0]).toBe('call_log');
    expect(sure({ smsList: [{ address: '13912345678', body: '明天见', date: 1_700_000_000_000 }] })[0]?.[0]).toBe('sms');
  });

  it('does not make a contact book of one consignee or of shops', () => {
    expect(sure({ addresses: [{ name: '张小明', mobile: '13912345678' }] }).map(([dataType]) => dataType)).not.toContain('contacts');
    expect(
      sure({
        shops: [
          { name: '甲', phone: '400-810-0000' },
          { name: '乙', phone: '400-810-0001' },
        ],
      }),
    ).toEqual([]);
  });
});
