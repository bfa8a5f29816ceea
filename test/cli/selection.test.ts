import { expect, test } from 'vitest';
import { selectedSource, selectionOf } from '../../src/cli/selection.js';
import { sampleRecord } from '../report/sample-record.js';
import { exchange, occurrence } from '../store/specimen.js';

const record = sampleRecord();
const ids = (...words: string[]) => [...(selectionOf(record, words) ?? [])];
const types = (...words: string[]) => {
  const wanted = new Set(ids(...words));
  return [...new Set(record.findings.filter(({ id }) => wanted.has(id)).map(({ dataType }) => dataType))];
};

test('values of one key are alternatives, keys add up', () => {
  expect(selectionOf(record, [])).toBeUndefined();
  expect(types('type=imei')).toEqual(['imei']);
  expect(new Set(types('type=imei', 'type=oaid'))).toEqual(new Set(['imei', 'oaid']));
  expect(ids('type=imei', 'verdict=beyond_necessary').length).toBeLessThanOrEqual(ids('type=imei').length);
  expect(ids('host=example.test', 'type=imei').sort()).toEqual(ids('type=imei').sort());
  expect(ids('party=third').length + ids('party=first').length + ids('party=unknown').length).toBe(record.findings.length);
  const [first] = record.findings;
  expect(ids(`finding=${first?.id}`)).toEqual([first?.id]);
  expect(ids('scene=before_consent').length).toBeGreaterThan(0);
  expect(ids('severity=high').length).toBeGreaterThan(0);
  expect(ids('check=third_party').length).toBeGreaterThan(0);
});

test('a condition that there is not, and one that nothing fits, are refused: an empty report would read as clean', () => {
  for (const word of ['colour=red', 'verdict=guilty', 'verdict', 'party=second', 'type=nothing', '__proto__=x'])
    expect(() => selectionOf(record, [word]), word).toThrow(expect.objectContaining({ code: 'OVR_ONLY' }));
});

test('incident: where nothing fitted a well-written condition, the Chinese said that it was written wrongly', () => {
  const zhOf = (word: string) => {
    try {
      selectionOf(record, [word]);
      return null;
    } catch (error) {
      return (error as { zh: string | null }).zh;
    }
  };
  expect(zhOf('type=nothing')).toContain('没有符合');
  expect(zhOf('verdict')).toContain('写法不对');
  expect(zhOf('party=second')).toContain('first, third, unknown');
});

test('only exchanges with evidence of the selection are exported', () => {
  const source = selectedSource(
    {
      exchanges: () => [exchange(1), exchange(2), exchange(3)].values(),
      evidenceOf: () => [],
      findings: () => [],
      occurrences: (_, finding) => (finding === 'f' ? [occurrence(2, 'x')] : [occurrence(3, 'y')]),
      exchangeRows: () => ({ rows: [], total: 0, cut: false }),
    },
    new Set(['f']),
  );
  expect([...source.exchanges('s')].map(({ seq }) => seq)).toEqual([2]);
  expect([source.evidenceOf('s', 1), source.findings('s'), source.exchangeRows('s', {}).total]).toEqual([[], [], 0]);
});
