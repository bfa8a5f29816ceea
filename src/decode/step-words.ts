import type { Bilingual } from '../model/text.js';
import { NAME_STEP } from './name-value.js';
import { decoderSays } from './registry.js';

/** Steps that no decoder makes, by their name in a path. `xor` without a number is the key of the persona file (`keyhook.ts`). */
const WORDS = new Map<string, Bilingual>([
  ['base64-custom', { zh: '测试人物文件给出字母表的 Base64', en: 'base64 in the alphabet that the persona file gives' }],
  [
    'bytearray',
    { zh: '文档中写成数字列表的字节，按先后编号', en: 'bytes written as a list of numbers in a document, counted in their order' },
  ],
  [NAME_STEP, { zh: '值就是字段名本身', en: 'the name of the field is the value' }],
  ['text', { zh: '整段文字，未再分解', en: 'the text as a whole, not taken apart' }],
  [
    'token',
    { zh: '从较长文字中截取的一段；[n] 为截取的次序', en: 'a piece cut out of a longer text; [n] counts the pieces that were tried' },
  ],
  ['xor', { zh: '用测试人物文件中的密钥异或', en: 'XOR with the key of the persona file' }],
]);

/** Those of them whose names carry a number, a charset or a cipher. */
const FAMILIES: ReadonlyArray<readonly [pattern: RegExp, zh: string, en: string]> = [
  [/^field ([\d.]+)$/, '按 .proto 定义得名，字段编号为 $1', 'named by the .proto definition; its field numbers are $1'],
  [/^skip-(\d+)$/, '去掉前 $1 个字节', 'without its first $1 bytes'],
  [
    /^(?:aes|sm4)-[a-z0-9-]*gcm$/,
    '解密（GCM；openssl 命令行不支持，可用 Python cryptography 的 AESGCM 等）：密钥见测试人物文件',
    "decrypted (GCM, which the command line of openssl does not do; AESGCM of Python's cryptography does) with a key of the persona file",
  ],
  [
    /^(?:aes|sm4|des)-[a-z0-9-]+$/,
    '解密（openssl enc -d）：密钥见测试人物文件，友盟信封的则随信封发送',
    'decrypted (openssl enc -d) with a key of the persona file, or inside of umeng with the one that is sent along',
  ],
  [
    /^(?:utf-(?:16|32)[a-z]*|gb\w+|big5\S*|shift_jis|euc-\w+|iso-\S+|windows-\d+)$/,
    '按此字符集读取（iconv -f $&）',
    'read in this charset (iconv -f $&)',
  ],
];

/**
 * What a decode step did, so that whoever has the request can do it again.
 * @param step as it stands in a path, with its number or place: `xor-5a`, `bytearray[0]`.
 * @returns null for a step of the tester's own module, which only the module knows.
 */
export function stepWords(step: string): Bilingual | null {
  const name = step.replace(/\[\d+\]$/, '');
  const known = WORDS.get(name) ?? decoderSays(name);
  if (known !== null) return known;
  for (const [pattern, zh, en] of FAMILIES) if (pattern.test(step)) return { zh: step.replace(pattern, zh), en: step.replace(pattern, en) };
  return null;
}
