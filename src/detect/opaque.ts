import { type Decoded, OPAQUE_SHAPE, type Opaque, SEALED_FILES } from '../model/field.js';
import type { Evidence, TraceLine } from '../model/finding.js';
import type { HookFailure } from '../model/hook.js';
import type { Bilingual } from '../model/text.js';

/**
 * Payloads that resisted, as evidence of their own: they are named and measured, and never count as clean. The payload itself
 * is not copied into the evidence.
 * @param numbers places whose value is known for a number that was drawn: a text in no encoding is nothing but that there.
 */
export function findOpaque(decoded: Decoded, numbers: ReadonlySet<string>): Evidence[] {
  const hidden = decoded.opaque.filter(({ path, shape }) => !(numbers.has(path) && shape.includes(OPAQUE_SHAPE.unknownEncoding)));
  return hidden.map((opaque) => ({
    dataType: 'opaque_payload',
    grade: 'opaque',
    detector: 'opaque',
    form: null,
    direction: decoded.direction,
    message: decoded.message,
    part: opaque.part,
    path: opaque.path,
    steps: opaque.steps,
    value: '',
    span: null,
    placeholder: false,
    trace: traceOf(opaque),
  }));
}

/** Why a hook module gave no answer, as a person reads it. */
const FAILURES: Readonly<Record<HookFailure['limit'], Bilingual>> = {
  hookMs: { zh: '超时', en: 'took too long' },
  hookMessageMs: { zh: '该消息的时间已用完', en: 'the time for this message was used up' },
  hookOutput: { zh: '输出过大', en: 'its output was too large' },
  hookFault: { zh: '出错', en: 'it failed' },
};

/** What is said of bytes that entropy does not explain: the name of their shape. */
const REASONS: ReadonlyMap<string, Bilingual> = new Map<string, Bilingual>([
  [
    OPAQUE_SHAPE.unknownFormat,
    {
      zh: '格式未知，没有解码方式能读懂其结构；只在其中查找过已知的值。',
      en: 'In a format that no decoder knows: known values were looked for in it, and nothing else.',
    },
  ],
  [
    OPAQUE_SHAPE.unknownEncoding,
    {
      zh: '文本采用了未知的编码，没有解码方式能还原其内容。',
      en: 'A text in an encoding that no decoder knows: what it says is not known.',
    },
  ],
  [
    OPAQUE_SHAPE.source,
    {
      zh: '文本中夹有网页标记或程序源码，其间成对的名称和值没有按字段读取；只在其中查找过已知的值和能自证的值。',
      en: 'Markup or the source of a program stands in this text. Names with values between it were not read as such: known values were looked for, and values that tell by themselves what they are.',
    },
  ],
  [
    OPAQUE_SHAPE.picture,
    {
      zh: '文档的这一页基本上是一张图片，图片里写了什么无从得知。',
      en: 'A page of a document that is a picture, or nearly: what it shows is not known.',
    },
  ],
  [
    OPAQUE_SHAPE.unmapped,
    {
      zh: '文档这一页的字体没有说明部分字符是什么字，这些字符未能读出。',
      en: 'Some characters on this page of a document are not known: their font does not say what they stand for.',
    },
  ],
  [
    OPAQUE_SHAPE.unreadPart,
    {
      zh: '文档的这一部分已损坏，或采用了不支持的压缩方式，未能读出。',
      en: 'A part of a document that is damaged, or packed in a way that is not read: what it holds is not known.',
    },
  ],
  [
    OPAQUE_SHAPE.deletedRows,
    {
      zh: '数据库中已删除、但仍随文件发出的内容，没有按行读取；只在其中查找过已知的值。',
      en: 'What was deleted from a database and still went out with its file was not read by the row: known values were looked for in it, and nothing else.',
    },
  ],
  ...SEALED_FILES.map((name): [string, Bilingual] => [
    name,
    { zh: `${name} 文件，其中的内容未能打开。`, en: `A ${name} file: what is inside was not opened.` },
  ]),
  [
    'minidump',
    {
      zh: '程序崩溃时的内存（minidump）：其中可能有当时用到的任何数据，没有按字段读取；只在其中查找过已知的值。',
      en: 'Memory of a program that broke down (minidump): it may hold whatever was in use. Known values were looked for in it, and nothing else.',
    },
  ],
]);

function traceOf({ bytes, entropy, expected, shape, tried, failed = [] }: Opaque): readonly TraceLine[] {
  const reason = shape.map((name) => REASONS.get(name)).find((text) => text !== undefined);
  const lines: TraceLine[] = [
    {
      rule: 'opaque-entropy',
      text: {
        zh: `${bytes} 字节，每字节熵 ${entropy.toFixed(2)} 位；同样长度的均匀随机数据约为 ${expected.toFixed(2)} 位。${reason?.zh ?? '内容经过加密或压缩，看不到其中有什么。'}`,
        en: `${bytes} bytes with ${entropy.toFixed(2)} bits of entropy a byte; uniform noise of this length shows about ${expected.toFixed(2)}. ${reason?.en ?? 'Encrypted or compressed: what is inside is not known.'}`,
      },
    },
  ];
  if (failed.length > 0)
    lines[0] = {
      rule: 'opaque-hook',
      text: {
        zh: `${bytes} 字节未能打开：${failed.map(({ step, limit, detail }) => `测试者的模块 ${step} ${FAILURES[limit].zh}（${detail}）`).join('；')}。看不到其中有什么。`,
        en: `${bytes} bytes were not opened: ${failed.map(({ step, limit, detail }) => `hook failed, the tester's module ${step}: ${FAILURES[limit].en} (${detail})`).join('; ')}. What is inside is not known.`,
      },
    };
  if (shape.length > 0)
    lines.push({
      rule: 'opaque-shape',
      text: { zh: `形态：${shape.join('、')}。`, en: `Shape: ${shape.join(', ')}.` },
    });
  lines.push({
    rule: 'opaque-tried',
    text:
      tried.length === 0
        ? { zh: '没有可用的解码方式。', en: 'No decoder applied.' }
        : { zh: `已尝试但未能打开：${tried.join('、')}。`, en: `Tried without success: ${tried.join(', ')}.` },
  });
  return lines;
}
