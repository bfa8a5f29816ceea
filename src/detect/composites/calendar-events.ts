import type { Field } from '../../model/field.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * Entries of the phone's calendar whatever the list is called: `dtstart` is a column of Android's CalendarContract.Events and a property of
 * iCalendar (RFC 5545 section 3.8.2.4), and no word of any language.
 */
const START = 'dtstart';
/** Seconds or milliseconds, 20261120T090000Z, 2026-11-20 09:00. */
const MOMENT = /^(?:\d{10}|\d{13}|\d{8}(?:T\d{6}Z?)?|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.{0,20})?)$/;

export const composite: Composite = {
  named: (keys) => leafName(keys) === START,
  triggers: (_, named) => named,
  find({ decoded, groups }) {
    const lists = new Map<string, Array<readonly Field[]>>();
    for (const field of decoded.fields) {
      if (leafName(field.keys) !== START || !MOMENT.test(field.value)) continue;
      const path = field.path.slice(0, field.path.lastIndexOf('.')).replace(/\[\d+\]$/, '');
      lists.set(path, [...(lists.get(path) ?? []), groups.get(field.group) ?? [field]]);
    }
    return [...lists].map(([path, events]): CompositeFinding => {
      const candidate = readAsOne(decoded, events[0]?.[0] as Field, {
        dataType: 'calendar',
        grade: 'probable',
        value: firstOf(events, ' ', '; '),
        path,
        trace: [
          {
            rule: 'calendar-events',
            text: {
              zh: `${events.length} 条日程，字段名为系统日历与 iCalendar 所用`,
              en: `${events.length} events under the names of the system calendar and iCalendar`,
            },
          },
        ],
        passRate: 1e-6,
      });
      return { candidate, absorbs: [] };
    });
  },
};
