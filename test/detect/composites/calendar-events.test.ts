import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createDetector } from '../../../src/detect/detector.js';
import { dataTypes, request } from '../fixture.js';
import { sure } from './lists.js';

describe('calendar-events', () => {
  it('tells entries of the system calendar by their column, once for each list', () => {
    const events = [
      { title: '体检', dtstart: 1763600000000, dtend: 1763603600000 },
      { title: '会议', dtstart: 1763700000000, dtend: 1763703600000 },
    ];
    expect(sure({ events }).filter(([dataType]) => dataType === 'calendar')).toEqual([['calendar', 'probable', 'body.$.events']]);
    expect(sure({ dtStart: '2026-11-20 09:00', title: 'x' })).toContainEqual(['calendar', 'probable', 'body.$']);
  });

  it('tells an iCalendar file', () => {
    const body = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:dentist\r\nDTSTART:20261120T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    const found = createDetector({ dataTypes }).detect(decodeRequest(request({ body })));
    expect(found.map(({ dataType, grade }) => [dataType, grade])).toContainEqual(['calendar', 'probable']);
  });

  it('incident: what somebody has planned, under plain names, was passed over at the address of a calendar', () => {
    const events = [{ title: '牙医复诊', start: '2026-11-22 09:00' }];
    const typesAt = (url: string, body: object) =>
      createDetector({ dataTypes })
        .detect(decodeRequest(request({ url, body: JSON.stringify(body) })))
        .map(({ dataType }) => dataType);
    expect(typesAt('https://api.example.com/v1/calendar/sync', { events })).toContain('calendar');
    expect(typesAt('https://api.example.com/v1/calendar/backup', { schedule: [{ title: '交房租', date: '2026-12-01' }] })).toContain(
      'calendar',
    );
    // What happened in an app, a list of anything else, an entry without words.
    expect(typesAt('https://api.example.com/v1/track', { events })).not.toContain('calendar');
    expect(typesAt('https://api.example.com/v1/calendar/sync', { pages: events })).not.toContain('calendar');
    expect(typesAt('https://api.example.com/v1/calendar/holiday', { items: events })).not.toContain('calendar');
    expect(typesAt('https://api.example.com/v1/calendar/sync', { events: [{ title: '', start: '2026-11-22' }] })).not.toContain('calendar');
  });

  it('asks for a time, and for that very name', () => {
    for (const body of [{ dtstart: '' }, { dtstart: 'auto' }, { start: 1763600000000, title: '首页' }, { dtstarted: 1763600000000 }])
      expect(sure(body).map(([dataType]) => dataType)).not.toContain('calendar');
  });
});
