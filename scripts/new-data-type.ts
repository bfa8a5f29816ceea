import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Begins a new kind of personal data: `tsx scripts/new-data-type.ts tax_number --family id_document --zh 纳税人识别号 --en "Tax number"`.
 * With `--validator tax-number` it begins a value test and its unit test as well. Nothing else needs to be touched: rules and
 * validators are read by folder.
 */
const USAGE =
  'usage: tsx scripts/new-data-type.ts ID --family FAMILY --zh NAME --en NAME [--validator FILE-NAME] [--obtained-by user|device|server|derived|transaction]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    family: { type: 'string' },
    zh: { type: 'string' },
    en: { type: 'string' },
    validator: { type: 'string' },
    'obtained-by': { type: 'string', default: 'user' },
  },
});

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  process.exit(2);
}

const [id] = positionals;
const { family, zh, en, validator } = values;
if (id === undefined || !/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(id)) refuse('an id is made of lower-case words joined by _');
if (family === undefined || zh === undefined || en === undefined) refuse('--family, --zh and --en are needed');
if (validator !== undefined && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(validator))
  refuse('a validator is named like its file: lower-case words joined by -');

const root = fileURLToPath(new URL('..', import.meta.url));
const rule = join(root, 'rules', 'data-types', `${id}.yaml`);
if (existsSync(rule)) refuse(`${rule} exists already`);

const key = id.replaceAll('_', ' ');
const known = new Set(readdirSync(join(root, 'src', 'detect', 'validators')).map((file) => file.replace(/\.ts$/, '')));
const lines = [
  `id: ${id}`,
  `name: { zh: ${JSON.stringify(zh)}, en: ${JSON.stringify(en)} }`,
  `family: ${family}`,
  'gbt35273: { zh: "其他信息", en: "Other information" }',
  'sensitive: { pipl28: "no", gbt35273B: false, gbt45574: "no" }',
  `obtainedBy: ${values['obtained-by']}`,
  'detectable: detectors',
  'detect:',
  `  keys: [${key}, ${JSON.stringify(zh)}]`,
  ...(validator === undefined ? ["  shape: '^[0-9A-Z]{6,24}$'"] : [`  validator: ${validator}`]),
  '  withKey: probable',
  'match:',
  `  - key: ${id}`,
  '    value: "AB123456"',
  '    why: "换成合成的真实样例；不得使用真人数据"',
  'noMatch:',
  `  - key: ${id}`,
  '    value: "true"',
  '    why: "开关值"',
];
mkdirSync(dirname(rule), { recursive: true });
writeFileSync(rule, `${lines.join('\n')}\n`, { flag: 'wx' });
process.stdout.write(`${rule}\n`);

if (validator !== undefined && !known.has(validator)) {
  const source = join(root, 'src', 'detect', 'validators', `${validator}.ts`);
  const test = join(root, 'test', 'detect', 'validators', `${validator}.test.ts`);
  writeFileSync(
    source,
    `import type { Passed, Validator } from '../validator.js';

export const validator: Validator = {
  source: 'name the standard or registry that this rule comes from',
  fits: (shape) => shape.length >= 6 && shape.length <= 24,
  check(value): Passed | null {
    const text = value.trim().toUpperCase();
    if (!/^[A-Z]{2}\\d{6}$/.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 1,
      note: { zh: '写法相符（无校验位）', en: 'the form agrees (no check digit)' },
    };
  },
};
`,
    { flag: 'wx' },
  );
  writeFileSync(
    test,
    `import { expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/${validator}.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

it('passes a value of this kind and refuses its neighbours', () => {
  expect(read('AB123456')?.normalised).toBe('AB123456');
  for (const value of ['AB12345', '12345678', 'true']) expect(read(value), value).toBeNull();
});
`,
    { flag: 'wx' },
  );
  process.stdout.write(`${source}\n${test}\n`);
}
process.stdout.write(
  'Fill in keys, rule and examples, then run: npx vitest run --config test/vitest.config.ts --project unit test/detect\n',
);
