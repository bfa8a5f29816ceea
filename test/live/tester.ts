import { createHash } from 'node:crypto';
import type { LiveOptions, PersonaBook, Retention, SessionDiff } from '../../src/live/index.js';
import type { SessionRow } from '../../src/model/audit.js';
import type { FakeAudit } from './fake-audit.js';

const entry: SessionDiff['new'][number] = {
  app: 'main',
  dataType: 'imei',
  dataTypeName: { zh: '国际移动设备识别码 IMEI', en: 'IMEI' },
  host: 'sdk.adwave.example',
  company: { zh: '浪潮广告', en: 'AdWave' },
  grade: 'confirmed',
  placeholder: false,
  verdict: 'beyond_necessary',
  issues: ['third_party'],
  count: 4,
};

const NONE = { new: [], gone: [] };
export const NOTHING: SessionDiff = { ...NONE, changed: [], same: 7, receivers: NONE, dataTypes: NONE, caveats: [] };

/** A test person in memory; tags and masks as the real one has them, made simpler. */
export function fakePersona(): { of: PersonaBook['of']; readonly change: PersonaBook['change']; readonly values: Map<string, string[]> } {
  const values = new Map([
    ['phone_number', ['13900000000']],
    ['imei', ['001012345678902', '001012345678910']],
  ]);
  const tagOf = (value: string) => createHash('sha256').update(value).digest('hex').slice(0, 8);
  const of: PersonaBook['of'] = () => ({
    source: 'file',
    values: [...values].map(([dataType, list]) => ({
      dataType,
      values: list.map((value) => ({
        tag: tagOf(value),
        masked: `${value.slice(0, 3)}****${value.slice(-4)}`,
        note: value.startsWith('0') ? null : value.length === 11 ? null : { zh: '位数不对', en: 'Wrong length' },
      })),
    })),
    salts: 1,
    keys: 0,
  });
  return {
    values,
    of,
    change: async (session, change) => {
      const kept = new Map([...values.values()].flat().map((value) => [tagOf(value), value]));
      values.clear();
      for (const { dataType, values: entries } of change)
        values.set(
          dataType,
          entries.map((entry) => ('value' in entry ? entry.value : (kept.get(entry.keep) ?? ''))),
        );
      return of(session);
    },
  };
}

/** Two sessions are older than any time that is set, and the first deletion takes them. */
export function fakeRetention(days: number, fixed: ReturnType<Retention['fixedBy']> = null): Retention {
  let kept = days;
  let due = 2;
  return {
    days: () => kept,
    fixedBy: () => fixed,
    change(wanted) {
      kept = wanted;
    },
    due: () => due,
    purge() {
      const sessions = due;
      due = 0;
      return { sessions, complete: true };
    },
  };
}

/** What the composition gives the page for the tester's own work: questions, the test person, a comparison. */
export const tester: Pick<LiveOptions, 'refusalQuestions' | 'persona' | 'rejudge' | 'diff' | 'retention'> = {
  refusalQuestions: ({ main = [] }) =>
    main.length === 0
      ? []
      : [
          { id: 'basic_works', text: { zh: '拒绝后还能叫车吗？', en: 'Can a ride still be hailed after refusing?' } },
          { id: 'asked_again', text: { zh: '是否反复弹窗索要？', en: 'Does it keep asking?' } },
        ],
  persona: fakePersona(),
  rejudge: async () => ({ earlier: 1, kept: 0, diff: NOTHING }),
  diff: (before, after) => ({
    new: before === after ? [] : [entry],
    gone: before === after ? [] : [{ ...entry, host: 'old.example', company: null, verdict: 'not_judged' }],
    changed:
      before === after
        ? []
        : [{ before: { ...entry, verdict: 'necessary' }, after: { ...entry, verdict: 'conditional' }, what: ['verdict', 'scenes'] }],
    same: 7,
    receivers: { new: [], gone: [] },
    dataTypes: { new: [], gone: [] },
    caveats: before === after ? [] : ['different-rules', 'before-no-traffic'],
  }),
  retention: fakeRetention(14),
};

/** A stored session beside the running one. */
export function earlier(audit: FakeAudit): SessionRow {
  return {
    session: { ...audit.session(), id: 'old', status: 'ended', startedAt: 1_700_000_000_000, endedAt: 1_700_000_060_000 },
    rules: { pack: 'cn-2021', version: '1', sha256: '' },
    exchanges: 3,
    findings: 2,
    byVerdict: { necessary: 2 },
    bytesUp: 0,
    bytesDown: 0,
  };
}
