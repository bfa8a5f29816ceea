import { expect, test } from 'vitest';
import { rulesInForce } from '../../src/cli/rules-in-force.js';
import { RuleError, UsageError } from '../../src/errors.js';
import type { SubjectPatch } from '../../src/model/audit.js';
import type { Rulebook } from '../../src/model/rulebook.js';
import type { Session } from '../../src/model/session.js';
import { rulebook as whole } from '../judge/case.js';
import { sessionOf } from '../session/traffic.js';

const book = (sha256: string): Rulebook => ({ ...whole, sha256 });

function desk(files: Array<() => Rulebook>) {
  const adopted: string[] = [];
  let session: Session = sessionOf();
  const rules = rulesInForce({
    rulebook: book('a'),
    load: () => (files.shift() ?? (() => book('a')))(),
    now: () => 7,
    audit: {
      session: () => session,
      async adopt(rulebook) {
        if (rulebook.sha256 === 'unfit') throw new UsageError('OVR_CATEGORY', 'no such category', { next: 'choose' });
        adopted.push(rulebook.sha256);
        return session;
      },
      async change(patch: SubjectPatch) {
        const { device: _device, ...subject } = patch;
        session = { ...session, subject: { ...session.subject, ...subject } };
        return session;
      },
    },
  });
  return { rules, adopted, refused: () => session.subject.reloads?.refused ?? null };
}

const broken = (): Rulebook => {
  throw new RuleError('house/pack.yaml', 3, 'version', { zh: '缺少', en: 'missing' });
};

test('other rules are put in force; the same ones are left alone', async () => {
  const { rules, adopted } = desk([() => book('b'), () => book('b')]);
  expect([await rules.reload(), await rules.reload()]).toEqual([true, false]);
  expect(adopted).toEqual(['b']);
  expect(rules.rulebook().sha256).toBe('b');
});

test('rules that do not hold, or not for this session, leave the ones before in force; the session carries the reason until they do', async () => {
  const { rules, adopted, refused } = desk([broken, () => book('unfit'), () => book('a')]);
  await expect(rules.reload()).rejects.toThrow(/house\/pack\.yaml:3/);
  expect(refused()).toMatchObject({ at: 7, message: expect.stringContaining('house/pack.yaml:3') });
  await expect(rules.reload()).rejects.toThrow('no such category');
  expect(refused()?.message).toBe('no such category');
  expect(rules.rulebook().sha256).toBe('a');
  expect(await rules.reload()).toBe(false);
  expect([adopted, refused()]).toEqual([[], null]);
});

test('asked at once, they are read one after the other', async () => {
  const { rules, adopted } = desk([() => book('b'), broken, () => book('c')]);
  const outcomes = await Promise.allSettled([rules.reload(), rules.reload(), rules.reload()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(adopted).toEqual(['b', 'c']);
});
