import type { LiveOptions, SessionDiff } from '../../src/live/index.js';
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

/** What the composition gives the page for the tester's own work: questions, the test person, a comparison. */
export const tester: Pick<LiveOptions, 'refusalQuestions' | 'persona' | 'diff' | 'retentionDays'> = {
  refusalQuestions: (chosen) =>
    chosen.length === 0
      ? []
      : [
          { id: 'basic_works', text: { zh: '拒绝后还能叫车吗？', en: 'Can a ride still be hailed after refusing?' } },
          { id: 'asked_again', text: { zh: '是否反复弹窗索要？', en: 'Does it keep asking?' } },
        ],
  persona: () => [
    { dataType: 'phone_number', masked: ['139****0000'] },
    { dataType: 'imei', masked: ['001************02', '001************10'] },
  ],
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
  retentionDays: 14,
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
