import { stringify } from 'yaml';
import type { Declaration } from '../model/session.js';
import { RuleDocument } from './document.js';
import { declarations } from './schema/declaration.js';

/**
 * Reads a declared inventory: what the app's own privacy policy says it collects, why, and who receives it.
 * @param dataTypes ids that the rules know.
 * @throws RuleError naming file, line and key.
 */
export function parseDeclarations(text: string, file: string, dataTypes: ReadonlySet<string>): readonly Declaration[] {
  const document = new RuleDocument(file, text);
  const { declared } = document.read(declarations);
  for (const [index, line] of declared.entries())
    if (!dataTypes.has(line.dataType))
      throw document.problem({
        path: ['declared', index, 'dataType'],
        message: {
          zh: `没有个人信息类型“${line.dataType}”；overreach rules list 列出全部`,
          en: `no data type "${line.dataType}"; "overreach rules list" shows them`,
        },
      });
  return declared;
}

const HEAD = `# 隐私政策声明的清单：个人信息类型、目的、接收方（* 表示任何接收方，first_party 表示App自有服务器，也可写域名、公司名或SDK名）。
# What the privacy policy declares. Receiver: *, first_party, a domain, or the name of a company or SDK.
`;

/** The inventory as a file that people edit. */
export function writeDeclarations(declared: readonly Declaration[]): string {
  return HEAD + stringify({ declared }, { lineWidth: 0 });
}
