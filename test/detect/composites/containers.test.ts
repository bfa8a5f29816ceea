import { describe, expect, it } from 'vitest';
import { sure } from './lists.js';

describe('containers', () => {
  it('reports a named list once', () => {
    expect(sure({ friendList: [{ x: '1' }, { x: '2' }] })).toEqual([['im_contact_list', 'probable', 'body.$.friendList']]);
    expect(sure({ calendarEvents: [{ title: '体检' }] })[0]?.[0]).toBe('calendar');
  });

  it('reports what was looked at, with its time', () => {
    expect(sure({ 浏览记录: [{ url: 'https://news.example.com/a/1.html', ts: 1763784012 }] })).toEqual([
      ['browsing_history', 'probable', 'body.$.浏览记录'],
    ]);
  });

  it('says nothing of an empty list or of one word under such a name', () => {
    expect(sure({ friendList: [''] })).toEqual([]);
    expect(sure({ calendar: 'gregorian' })).toEqual([]);
  });

  it('incident: when a doctor is seen was the calendar of the phone, and a team its owner’s friends', () => {
    const kinds = (body: object) => sure(body).map(([dataType]) => dataType);
    expect(kinds({ scheduleList: [{ date: '2026-01-03', left: 3 }] })).not.toContain('calendar');
    expect(kinds({ scheduleList: [{ date: '2026-01-03', title: '体检' }] })).toContain('calendar');
    expect(kinds({ roster: [{ name: '甲乙', number: 9 }] })).not.toContain('im_contact_list');
    expect(kinds({ roster: [{ jid: 'a@im.example' }] })).toContain('im_contact_list');
  });
});
