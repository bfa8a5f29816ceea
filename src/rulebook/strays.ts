import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RuleError } from '../errors.js';
import { limits } from '../limits.js';

/** What somebody meant as YAML, with the spellings of other systems; copies that editors leave (`x.yaml~`, `x.yaml.bak`) are none. */
const MEANT = /\.ya?ml(?:\.txt)?$/i;
/** Folders whose files are rules each by itself. */
const SINGLE = ['data-types', 'checks', 'parties', 'endpoints'] as const;
/** Where a folder of rules keeps them. */
export const FOLDERS: readonly string[] = [...SINGLE, 'packs', 'registry'];
const PACK = String.raw`(?:(?:pack|service-data|refusal|manual)\.yaml|categories\/[^/]+\.ya?ml)`;
const READ = new RegExp(
  String.raw`^(?:families\.yaml|(?:${SINGLE.join('|')})\/[^/]+\.ya?ml|registry\/(?:registry|places)\.yaml|packs\/[^/]+\/${PACK})$`,
);
const READ_OF_PACK = new RegExp(`^${PACK}$`);
/** Beside the folders may lie files of anything else: those that say what rules say at their top are rules. */
const SAYS_RULE = /^(?:id|company|vendor|families|endpoints|categories|extends):/m;

/**
 * Rules that no reader takes up, by their name or their place, would be passed over in silence, and what they accuse or excuse with them.
 * @param root a folder of the user that holds some rules.
 * @throws RuleError naming the first of them.
 */
export function refuseStrays(root: string): void {
  const isPack = statSync(join(root, 'pack.yaml'), { throwIfNoEntry: false })?.isFile() ?? false;
  for (const file of [...besideIn(root), ...[...FOLDERS, 'categories'].flatMap((folder) => below(root, folder))])
    if (!READ.test(file) && !(isPack && READ_OF_PACK.test(file)))
      throw new RuleError(
        `${root}/${file}`,
        null,
        '(file)',
        {
          zh: '不会被读取：程序不在这个位置、以这个文件名读取规则',
          en: 'is not read: no rules are looked for under this name in this place',
        },
        {
          zh: `规则文件名为 名称.yaml 或 名称.yml，直接放在 ${SINGLE.join('、')} 中；请改名、移动或移走该文件。`,
          en: `Rules are called NAME.yaml or NAME.yml and lie directly in ${SINGLE.join(', ')}; rename or move the file, or take it out.`,
        },
      );
}

function besideIn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => isMeant(entry.name) && !entry.isDirectory() && saysRule(join(root, entry.name)))
    .map(({ name }) => name);
}

function below(root: string, folder: string): string[] {
  if (!statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? below(root, path) : isMeant(entry.name) ? [path] : [];
  });
}

function isMeant(name: string): boolean {
  return MEANT.test(name) && !name.startsWith('.');
}

function saysRule(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  return file?.isFile() === true && file.size <= limits.ruleFile && SAYS_RULE.test(readFileSync(path, 'utf8'));
}
