import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { opened } from '../sample.js';

const CALENDAR =
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:dinner with exam\r\n ple person\r\nLOCATION:here\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

test('a value that goes on in the next line', () => {
  const fields = opened(CALENDAR, 'text/calendar');
  expect(Object.keys(fields).some((path) => path.startsWith('body|unfold'))).toBe(true);
  expect(Object.values(fields).join()).toContain('dinner with example person');
});

test('without folds there is nothing to undo', () => {
  expect(Object.keys(opened(CALENDAR.replace('\r\n ', ''), 'text/calendar')).join()).not.toContain('unfold');
});

nearMisses('unfold', { content: CALENDAR });
