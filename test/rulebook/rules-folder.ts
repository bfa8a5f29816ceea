import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { RuleError } from '../../src/errors.js';

/** The rules of the project itself. */
export const REAL_RULES = fileURLToPath(new URL('../../rules', import.meta.url));

const made: string[] = [];

export function makeFolder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'overreach-rules-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

export function removeFolders(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true });
}

export function dataTypeYaml(id: string, family: string, more = ''): string {
  return `id: ${id}
name: { zh: 类型${id}, en: type ${id} }
family: ${family}
gbt35273: { zh: 个人基本资料, en: Basic personal data }
sensitive: { pipl28: no, gbt35273B: false, gbt45574: no }
obtainedBy: user
detectable: key-only
match:
  - { key: k, value: v }
noMatch:
  - { value: w }
${more}`;
}

/** The smallest rules that load: one category that lists a phone number, one that needs nothing. */
export const TINY: Readonly<Record<string, string>> = {
  'families.yaml': `families:
  - id: phone
    name: { zh: 电话, en: Phone }
    roles:
      - [phone_number, contact_phone]
  - id: device_id
    name: { zh: 设备标识, en: Device identifiers }
`,
  'data-types/phone_number.yaml': dataTypeYaml('phone_number', 'phone'),
  'data-types/contact_phone.yaml': dataTypeYaml('contact_phone', 'phone'),
  'data-types/imei.yaml': dataTypeYaml('imei', 'device_id', 'identifier: immutable\n'),
  'checks/third_party.yaml': `id: third_party
name: { zh: 发往第三方, en: Sent to a third party }
severity: medium
clause: "5.1"
clauseText: { zh: 条文, en: text }
advice: { zh: 建议, en: advice }
fineWhen: { zh: 何时无妨, en: when fine }
`,
  'parties/ads.yaml': `company: { zh: 甲公司, en: Company A }
hosts:
  - suffix: ads.example
    sdk: A SDK
    purpose: ads
    reason: its own page says so
`,
  'packs/tiny/pack.yaml': `id: tiny
version: "1.0.0"
title: { zh: 小包, en: Tiny }
documentNumber: null
issuers: []
dated: "2021-03-12"
published: "2021-03-22"
effective: "2021-05-01"
url: null
articles:
  - no: 1
    text: { zh: 第一条, en: Article 1 }
`,
  'packs/tiny/categories/01-chat.yaml': `id: chat
no: 1
name: { zh: 聊天类, en: Chat }
basicFunction: { zh: 聊天, en: Chat }
noPersonalInfoNeeded: false
items:
  - text: { zh: 手机号码, en: phone number }
    fields: [phone_number]
    condition:
      id: if_registered
      text: { zh: 注册时, en: when registering }
    subject: registered_user
    source: user
`,
  'packs/tiny/categories/02-torch.yaml': `id: torch
no: 2
name: { zh: 手电筒类, en: Torch }
basicFunction: { zh: 照明, en: Light }
noPersonalInfoNeeded: true
items: []
`,
};

export function makeTiny(changes: Readonly<Record<string, string>> = {}): string {
  return makeFolder({ ...TINY, ...changes });
}

/** The problem and the next step, behind the place, neither of them English with Chinese marks. */
const IN_CHINESE = /，.*：.*\p{Script=Han}.*。.*\p{Script=Han}.*。$/su;

/** What `work` throws, which must be a RuleError, and explained in Chinese. */
export function ruleErrorOf(work: () => unknown): { file: string; line: number | null; key: string; message: string } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    expect(error.zh, error.message).toMatch(IN_CHINESE);
    return { file: error.file, line: error.line, key: error.key, message: error.message };
  }
  throw new Error('nothing was thrown');
}
