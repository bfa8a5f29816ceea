import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Begins a check: `tsx scripts/new-check.ts night_collection --zh 夜间收集 --en "Collected at night"`. What it means (data, for
 * lawyers), how it looks (a pure function) and its test; nothing else needs to be touched, for checks are read by folder.
 */
const USAGE = 'usage: tsx scripts/new-check.ts ID --zh NAME --en NAME';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { zh: { type: 'string' }, en: { type: 'string' } } });

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  process.exit(2);
}

const [id] = positionals;
const { zh, en } = values;
if (id === undefined || !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(id)) refuse('an id is made of lower-case words joined by _');
if (zh === undefined || en === undefined) refuse('--zh and --en are needed');

const root = fileURLToPath(new URL('..', import.meta.url));
const rule = join(root, 'rules', 'checks', `${id}.yaml`);
const source = join(root, 'src', 'judge', 'checks', `${id}.ts`);
const test = join(root, 'test', 'judge', 'checks', `${id}.test.ts`);
for (const path of [rule, source, test]) if (existsSync(path)) refuse(`${path} exists already`);

const RULE = `id: ${id}
name:
  zh: ${JSON.stringify(zh)}
  en: ${JSON.stringify(en)}
# high, medium, low 或 info / one of these four
severity: low
clause: "法规名称和条款 / which text and article"
# 与原文逐字一致才去掉 verified: false 与（大意） / Without "verified: false" the Chinese must be the law, character for character.
verified: false
clauseText:
  zh: "（大意）条文的内容"
  en: "What the clause says"
advice:
  zh: "开发者应当怎样做"
  en: "What a developer should do"
fineWhen:
  zh: "什么情况下没有问题"
  en: "When there is nothing wrong"
scope:
  # 手机系统服务的流量与App分不开，不归咎于App / the phone's own system traffic cannot be told from the app's
  exceptPurposes: [os]
`;
const SOURCE = `import type { CheckFunction } from '../check.js';
import { named, receiverOf, timesOf } from '../wording.js';

/** Says what was seen, in both languages and without accusation; null when there is nothing to say. Pure: no clock, no I/O. */
export const check: CheckFunction = ({ facts, dataType, party }) => {
  if (facts.cleartext === null || facts.unmarked > 0) return null;
  const [times, receiver] = [timesOf(facts.cleartext), receiverOf(party)];
  return {
    zh: \`\${named(dataType).zh}发往\${receiver.zh}（\${times.zh}）。\`,
    en: \`\${named(dataType).en} was sent to \${receiver.en} (\${times.en}).\`,
  };
};
`;
const TEST = `import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const raised = (more: Parameters<typeof judgedOne>[2]) => issueOf('${id}', judgedOne(['news'], 'imei', more));

test('it speaks where it should', () => {
  expect(raised({ secure: false, scene: 'consented' })?.text.zh).toContain('首见于请求');
});

test('and is silent where there is nothing to say', () => {
  expect(raised({ scene: 'consented' })).toBeNull();
  expect(raised({ secure: false })).toBeNull();
});
`;
for (const [path, text] of [
  [rule, RULE],
  [source, SOURCE],
  [test, TEST],
] as const) {
  writeFileSync(path, text, { flag: 'wx' });
  process.stdout.write(`${path}\n`);
}
process.stdout.write(
  `Fill them in, then run: npx vitest run --config test/vitest.config.ts --project unit test/judge/checks/${id} test/rulebook\n`,
);
