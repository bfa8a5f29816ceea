import type { Field } from '../../model/field.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { leafName, tokensOf } from '../keys.js';

/**
 * Entries of the phone's calendar whatever the list is called: `dtstart` is a column of Android's CalendarContract.Events and a property of
 * iCalendar (RFC 5545 section 3.8.2.4), and no word of any language. Under plainer names the address has to speak of a calendar, and the list of
 * events or of what is planned.
 */
const START = 'dtstart';
const BEGINS = /^(?:start|starttime|startdate|startat|begin|begintime|begindate|begins|date|day)$/;
const TITLE = /^(?:title|summary|subject|eventtitle|eventname)$/;
const PLANNED = /^(?:events?|eventlist|schedules?|schedulelist|agenda|agendas|appointments|reminders?)$/;
const CALENDAR = /^(?:calendars?|rili)$/;
/** Seconds or milliseconds, 20261120T090000Z, 2026-11-20 09:00. */
const MOMENT = /^(?:\d{10}|\d{13}|\d{8}(?:T\d{6}Z?)?|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.{0,20})?)$/;

export const composite: Composite = {
  named: (keys) => leafName(keys) === START || (BEGINS.test(leafName(keys)) && PLANNED.test(leafName(keys.slice(0, -1)))),
  triggers: (_, named) => named,
  find(scope) {
    const { decoded, groups } = scope;
    const lists = new Map<string, Array<readonly Field[]>>();
    for (const field of decoded.fields) {
      if (leafName(field.keys) !== START || !MOMENT.test(field.value)) continue;
      const path = field.path.slice(0, field.path.lastIndexOf('.')).replace(/\[\d+\]$/, '');
      lists.set(path, [...(lists.get(path) ?? []), groups.get(field.group) ?? [field]]);
    }
    const planned = isOfCalendar(scope) ? scope.lists.flatMap(plannedIn) : [];
    const named = [...lists].map(([path, events]): CompositeFinding => {
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
    return [
      ...named,
      ...planned.map(
        ({ path, events }): CompositeFinding => ({
          candidate: readAsOne(decoded, events[0]?.[0] as Field, {
            dataType: 'calendar',
            grade: 'probable',
            value: firstOf(events, ' ', '; '),
            path,
            trace: [
              {
                rule: 'planned-events',
                text: {
                  zh: `${events.length} 条有标题和时间的日程，发往处理日历的地址`,
                  en: `${events.length} entries with title and time, sent to an address of a calendar`,
                },
              },
            ],
            passRate: 1e-4,
          }),
          absorbs: [],
        }),
      ),
    ];
  },
};

/** Whether a word of the message's own address is of a calendar. */
function isOfCalendar({ decoded }: CompositeScope): boolean {
  return decoded.fields.some(
    ({ part, path, value }) => part === 'url' && path.startsWith('url.path[') && tokensOf(value).some((word) => CALENDAR.test(word)),
  );
}

function plannedIn({ path, keys, elements }: FieldList): Array<{ path: string; events: ReadonlyArray<readonly Field[]> }> {
  if (!path.startsWith('body.') || !PLANNED.test(leafName(keys))) return [];
  const events = elements.filter(
    (element) =>
      element.some((field) => TITLE.test(leafName(field.keys)) && /\p{L}/u.test(field.value)) &&
      element.some((field) => BEGINS.test(leafName(field.keys)) && MOMENT.test(field.value)),
  );
  return events.length === 0 ? [] : [{ path, events }];
}
