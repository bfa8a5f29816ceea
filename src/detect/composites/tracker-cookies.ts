import type { Field } from '../../model/field.js';
import { evidenceAt } from '../candidate.js';
import type { Composite } from '../composite.js';
import { trackerOf } from '../trackers.js';

/** Cookies of trackers, whose names only their makers' documents explain; the value is theirs to write, and has to be long enough to tell one browser. */
const IDENTIFYING = /^(?=.*\d)[\w.%:|~=+/&,*!@{}"$-]{10,2000}$/;

export const composite: Composite = {
  stirs: (field) => isCookie(field),
  find({ decoded, types }) {
    if (!types.has('tracking_cookie')) return [];
    return decoded.fields.flatMap((field) => {
      const company = isCookie(field) && IDENTIFYING.test(field.value) ? trackerOf(field.keys[0] ?? '') : null;
      if (company === null) return [];
      return {
        candidate: {
          evidence: evidenceAt(field, decoded.direction, decoded.message, {
            dataType: 'tracking_cookie',
            grade: 'probable',
            detector: 'composite',
            form: 'plain',
            value: field.value,
            span: null,
            placeholder: false,
            trace: [
              {
                rule: 'tracker-cookie',
                text: { zh: `文档所载的跟踪 Cookie：${company}`, en: `a tracking cookie by its documented name: ${company}` },
              },
            ],
          }),
          // Before a bare form; after what has a test of its own.
          passRate: 0.5,
          keyLength: field.keys[0]?.length ?? 0,
          preference: 0,
        },
        absorbs: [],
      };
    });
  },
};

/** The cookie itself, percent-decoded or not, but not what was opened inside it. */
function isCookie({ part, keys, path, opened }: Field): boolean {
  return part === 'cookie' && keys.length === 1 && opened !== true && !/\|(?!percent$)/.test(path);
}
