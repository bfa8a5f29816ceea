import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/detect/candidate.js';
import { fuse } from '../../src/detect/fusion.js';
import type { Evidence } from '../../src/model/finding.js';

function candidate(part: Partial<Evidence>, numbers: Partial<Omit<Candidate, 'evidence'>> = {}): Candidate {
  return {
    evidence: {
      dataType: 'imei',
      grade: 'probable',
      detector: 'pattern',
      form: 'plain',
      direction: 'request',
      message: null,
      part: 'body',
      path: 'body.$.a',
      steps: ['json'],
      value: 'x',
      span: null,
      placeholder: false,
      trace: [],
      ...part,
    },
    passRate: 1,
    keyLength: 4,
    preference: 0,
    ...numbers,
  };
}
const winners = (...candidates: Candidate[]) => fuse(candidates).map(({ dataType }) => dataType);

describe('fuse', () => {
  it('lets a known value win over everything', () => {
    expect(
      winners(
        candidate({ dataType: 'a', grade: 'strong' }, { passRate: 1e-9 }),
        candidate({ dataType: 'b', grade: 'confirmed', detector: 'known-value', span: [0, 3] }),
      ),
    ).toEqual(['b']);
  });

  it('then the surer grade, then the stricter test, then the longer span, then the more particular name', () => {
    expect(winners(candidate({ dataType: 'a', grade: 'candidate' }), candidate({ dataType: 'b' }))).toEqual(['b']);
    expect(winners(candidate({ dataType: 'a' }, { passRate: 1 }), candidate({ dataType: 'b' }, { passRate: 1e-3 }))).toEqual(['b']);
    expect(winners(candidate({ dataType: 'a', span: [2, 4] }), candidate({ dataType: 'b', span: [0, 9] }))).toEqual(['b']);
    expect(winners(candidate({ dataType: 'a' }, { keyLength: 3 }), candidate({ dataType: 'b' }, { keyLength: 10 }))).toEqual(['b']);
  });

  it('keeps the losers in the trace of the winner, in both languages', () => {
    const [evidence] = fuse([candidate({ dataType: 'phone_number' }, { passRate: 0.06 }), candidate({ dataType: 'account_id' })]);
    expect(evidence?.dataType).toBe('phone_number');
    expect(evidence?.trace).toHaveLength(1);
    expect(evidence?.trace[0]).toMatchObject({
      rule: 'also-read-as',
      text: { zh: expect.stringContaining('account_id'), en: expect.stringContaining('account_id') },
    });
  });

  // Incident: of two known values that stood in a comment only the first was reported; a layer has no text in which to tell their places.
  it('lets known values stand beside each other without spans', () => {
    const known = (dataType: string) => candidate({ dataType, grade: 'confirmed', detector: 'known-value' });
    expect(winners(known('imei'), known('phone_number'), candidate({ dataType: 'account_id' }))).toEqual(['imei', 'phone_number']);
  });

  it('keeps readings of different places and of spans that do not touch', () => {
    expect(
      winners(
        candidate({ dataType: 'a', span: [0, 11] }),
        candidate({ dataType: 'b', span: [20, 38] }),
        candidate({ dataType: 'c', path: 'body.$.b' }),
      ),
    ).toEqual(['a', 'b', 'c']);
  });

  it('gives the same answer in whatever order the readings come', () => {
    const all = [candidate({ dataType: 'a' }), candidate({ dataType: 'b' }), candidate({ dataType: 'c', grade: 'candidate' })];
    expect(winners(...all)).toEqual(winners(...all.toReversed()));
  });

  it('keeps the name of an account beside the login that it is a part of, and nothing else', () => {
    const login = candidate({ dataType: 'auth_token' }, { passRate: 1e-3 });
    const part = (dataType: string, detector = 'composite') => candidate({ dataType, detector, span: [0, 4] });
    expect(winners(login, part('account_id'))).toEqual(['auth_token', 'account_id']);
    expect(winners(login, part('device_uuid'))).toEqual(['auth_token']);
    expect(winners(login, part('account_id', 'pattern'))).toEqual(['auth_token']);
  });
});
