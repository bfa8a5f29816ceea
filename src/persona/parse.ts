import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { InputError, placed } from '../errors.js';
import { limits } from '../limits.js';
import type { Persona, PersonaKey, PersonaModule } from '../model/session.js';
import { yamlWords } from '../model/yaml-words.js';

const ENCODINGS = ['hex', 'utf8', 'base64'] as const;
const KEY_PROPERTIES = ['algorithm', 'key', 'iv', 'encoding', 'where', 'module'] as const;
const NEXT = {
  zh: '请改正该行；overreach persona new 可生成完整的文件作为起点。',
  en: 'Mend that line. "overreach persona new" writes a complete file to start from.',
};

/** Fetches the code of a hook module that a persona file names; throws where it may not be run. */
export type OpenModule = (wanted: Pick<PersonaModule, 'file' | 'where'>) => PersonaModule;

/**
 * Reads a persona file: data type id to one value or a list of values, plus `salts:` and `keys:`.
 *
 * Values are taken as they are written, never as YAML numbers: an unquoted 19-digit card number would lose its last digits, an
 * unquoted 0086... its zeros.
 * @param file name for messages.
 * @param openModule for keys that are code (`module: ./open.mjs`); without it they are refused.
 * @throws InputError `OVR_PERSONA_*`, naming file, line and key; what `openModule` throws.
 */
export function parsePersona(text: string, file: string, openModule?: OpenModule): Persona {
  if (Buffer.byteLength(text) > limits.personaFile)
    throw fault('OVR_PERSONA_SIZE', file, null, 'file', '文件太大', 'is larger than a persona can be');
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: lines, uniqueKeys: true });
  const lineOf = (node: unknown): number | null => {
    const offset = (node as Node | null | undefined)?.range?.[0];
    return offset === undefined ? null : lines.linePos(offset).line;
  };
  const problem = document.errors[0];
  if (problem !== undefined)
    throw fault('OVR_PERSONA_YAML', file, problem.linePos?.[0].line ?? null, 'YAML', yamlWords(problem.code), firstLine(problem.message));
  const root = document.contents;
  if (root === null) throw fault('OVR_PERSONA_EMPTY', file, null, 'file', '文件是空的', 'is empty');
  if (!isMap(root))
    throw fault('OVR_PERSONA_SHAPE', file, lineOf(root), 'file', '须写成 个人信息类型: 值', 'must be a mapping of data type ids to values');

  const values = new Map<string, readonly string[]>();
  let salts: readonly string[] = [];
  let keys: readonly PersonaKey[] = [];
  let modules: readonly PersonaModule[] = [];
  let total = 0;
  for (const pair of root.items) {
    const id = isPair(pair) && isScalar(pair.key) ? sourceOf(pair.key) : null;
    const line = lineOf(pair.key);
    if (id === null) throw fault('OVR_PERSONA_SHAPE', file, line, 'key', '不是单纯的名称', 'is not a plain name');
    if (id === 'keys') {
      const hooks = readKeys(pair.value, file, lineOf);
      keys = hooks.filter((hook) => 'algorithm' in hook);
      modules = hooks.filter((hook) => 'module' in hook).map((hook) => opened(hook, file, openModule));
      continue;
    }
    if (id !== 'salts' && !/^[a-z][a-z0-9_]{1,60}$/.test(id))
      throw fault(
        'OVR_PERSONA_KEY',
        file,
        line,
        id,
        '不是个人信息类型的 id；id 为小写加下划线，例如 phone_number',
        'is no data type id; ids are lower case with underscores, such as phone_number',
      );
    const listed = readTexts(pair.value, file, id, line, lineOf);
    if (id === 'salts') {
      if (listed.length > limits.personaSalts)
        throw fault('OVR_PERSONA_SIZE', file, line, id, `盐值超过 ${limits.personaSalts} 个`, `has more than ${limits.personaSalts} salts`);
      salts = listed;
      continue;
    }
    total += listed.length;
    if (total > limits.personaValues)
      throw fault(
        'OVR_PERSONA_SIZE',
        file,
        line,
        id,
        `值的总数超过 ${limits.personaValues} 个`,
        `brings the number of values above ${limits.personaValues}`,
      );
    values.set(id, listed);
  }
  // Keys alone open what is then judged by its form.
  if (values.size === 0 && keys.length === 0 && modules.length === 0)
    throw fault('OVR_PERSONA_EMPTY', file, null, 'file', '没有给出任何值，也没有密钥', 'names no value of any data type, and no key');
  return { values: Object.fromEntries(values), salts, keys, ...(modules.length === 0 ? {} : { modules }) };
}

/** A key that is code, as the file names it. */
interface NamedModule {
  readonly name: string;
  readonly line: number | null;
  readonly module: string;
  readonly where: string | null;
}

function opened({ name, line, module, where }: NamedModule, file: string, open: OpenModule | undefined): PersonaModule {
  if (open === undefined)
    throw fault('OVR_PERSONA_KEY', file, line, `${name}.module`, '只能写在人物文件里', 'is possible in a persona file only');
  return open({ file: module, where });
}

type LineOf = (node: unknown) => number | null;

function readTexts(node: unknown, file: string, id: string, line: number | null, lineOf: LineOf): readonly string[] {
  const items = isSeq(node) ? node.items : [node];
  if (items.length === 0 && id !== 'salts')
    throw fault('OVR_PERSONA_VALUE', file, line, id, '是空列表；不需要就删去这一行', 'is an empty list; leave the line out instead');
  return items.map((item) => {
    const at = lineOf(item) ?? line;
    if (isAlias(item)) throw fault('OVR_PERSONA_VALUE', file, at, id, '是别名；请直接写值', 'is an alias; write the value itself');
    if (!isScalar(item)) throw fault('OVR_PERSONA_VALUE', file, at, id, '须为文字或文字列表', 'must be a text or a list of texts');
    const value = sourceOf(item).trim();
    if (value === '' || item.value === null) throw fault('OVR_PERSONA_VALUE', file, at, id, '没有值', 'has no value');
    if (value.length > limits.personaValue)
      throw fault(
        'OVR_PERSONA_VALUE',
        file,
        at,
        id,
        `超过 ${limits.personaValue} 个字符`,
        `is longer than ${limits.personaValue} characters`,
      );
    return value;
  });
}

function readKeys(node: unknown, file: string, lineOf: LineOf): ReadonlyArray<PersonaKey | NamedModule> {
  if (!isSeq(node)) throw fault('OVR_PERSONA_SHAPE', file, lineOf(node), 'keys', '须为密钥列表', 'must be a list of key hooks');
  if (node.items.length > limits.personaKeys)
    throw fault(
      'OVR_PERSONA_SIZE',
      file,
      lineOf(node),
      'keys',
      `密钥超过 ${limits.personaKeys} 个`,
      `has more than ${limits.personaKeys} key hooks`,
    );
  return node.items.map((item, index) => {
    const name = `keys[${index}]`;
    const line = lineOf(item);
    if (!isMap(item))
      throw fault(
        'OVR_PERSONA_SHAPE',
        file,
        line,
        name,
        '须有 algorithm、key、encoding，或 module',
        'must have algorithm, key and encoding, or module',
      );
    const found = new Map<string, string>();
    for (const { key, value } of item.items) {
      const property = isScalar(key) ? sourceOf(key) : '';
      if (!KEY_PROPERTIES.some((known) => known === property))
        throw fault(
          'OVR_PERSONA_KEY',
          file,
          lineOf(key),
          `${name}.${property}`,
          `只能是 ${KEY_PROPERTIES.join('、')} 之一`,
          `is not one of ${KEY_PROPERTIES.join(', ')}`,
        );
      if (!isScalar(value)) throw fault('OVR_PERSONA_VALUE', file, lineOf(key), `${name}.${property}`, '须为文字', 'must be a text');
      if (value.value !== null) found.set(property, sourceOf(value));
    }
    const where = found.get('where') ?? null;
    const module = found.get('module');
    if (module !== undefined) {
      const beside = [...found.keys()].find((property) => property !== 'module' && property !== 'where');
      if (beside !== undefined)
        throw fault(
          'OVR_PERSONA_KEY',
          file,
          line,
          `${name}.${beside}`,
          '模块自带密钥，不能同时写这一项',
          'says nothing beside a module, which knows its own keys',
        );
      if (module.trim() === '') throw fault('OVR_PERSONA_VALUE', file, line, `${name}.module`, '是空的', 'is empty');
      return { name, line, module, where };
    }
    const encoding = ENCODINGS.find((known) => known === (found.get('encoding') ?? 'utf8'));
    if (encoding === undefined)
      throw fault(
        'OVR_PERSONA_VALUE',
        file,
        line,
        `${name}.encoding`,
        `只能是 ${ENCODINGS.join('、')} 之一`,
        `is not one of ${ENCODINGS.join(', ')}`,
      );
    const algorithm = found.get('algorithm');
    const key = found.get('key');
    if (algorithm === undefined || algorithm === '')
      throw fault('OVR_PERSONA_VALUE', file, line, `${name}.algorithm`, '缺少', 'is missing');
    if (key === undefined || key === '') throw fault('OVR_PERSONA_VALUE', file, line, `${name}.key`, '缺少', 'is missing');
    const iv = found.get('iv') ?? null;
    for (const [property, text] of [['key', key] as const, ['iv', iv] as const])
      if (text !== null && !isEncoded(text, encoding))
        throw fault('OVR_PERSONA_VALUE', file, line, `${name}.${property}`, `不是有效的 ${encoding}`, `is not ${encoding}`);
    return { algorithm, key, iv, encoding, where };
  });
}

function isEncoded(text: string, encoding: PersonaKey['encoding']): boolean {
  if (encoding === 'hex') return /^(?:[0-9a-f]{2})*$/i.test(text);
  return encoding === 'utf8' || /^[A-Za-z0-9+/_-]*={0,2}$/.test(text);
}

/** The characters as written for plain scalars, the text for quoted ones. */
function sourceOf(scalar: { readonly value: unknown; readonly source?: string; readonly type?: string | null }): string {
  if (typeof scalar.value === 'string') return scalar.value;
  return scalar.source ?? (scalar.value === null ? '' : String(scalar.value));
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}

function fault(code: string, file: string, line: number | null, key: string, zh: string, en: string): InputError {
  const place = `${file}${line === null ? '' : `:${line}`}`;
  return new InputError(code, `${place}: ${key}: ${en}`, { next: NEXT.en, zh: placed(file, line, key, zh, NEXT.zh) });
}
