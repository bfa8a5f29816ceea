import type { Decoded, Opaque } from '../model/field.js';
import type { Evidence, TraceLine } from '../model/finding.js';

/**
 * Payloads that resisted, as evidence of their own: they are named and measured, and never count as clean. The payload itself
 * is not copied into the evidence.
 */
export function findOpaque(decoded: Decoded): Evidence[] {
  return decoded.opaque.map((opaque) => ({
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

function traceOf({ bytes, entropy, expected, shape, tried }: Opaque): readonly TraceLine[] {
  const lines: TraceLine[] = [
    {
      rule: 'opaque-entropy',
      text: {
        zh: `${bytes} 字节，每字节熵 ${entropy.toFixed(2)} 位；同样长度的均匀随机数据约为 ${expected.toFixed(2)} 位。内容经过加密或压缩，看不到其中有什么。`,
        en: `${bytes} bytes with ${entropy.toFixed(2)} bits of entropy a byte; uniform noise of this length shows about ${expected.toFixed(2)}. Encrypted or compressed: what is inside is not known.`,
      },
    },
  ];
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
