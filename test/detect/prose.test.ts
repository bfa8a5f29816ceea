import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composites } from '../../src/detect/composite.js';
import { createDetector } from '../../src/detect/detector.js';
import { readEmbedded } from '../../src/detect/embedded.js';
import { mayBeFollowed } from '../../src/detect/marks.js';
import { PatternDetector } from '../../src/detect/pattern.js';
import { isProse } from '../../src/detect/prose.js';
import { shapeOf } from '../../src/detect/shape.js';
import { validators } from '../../src/detect/validator.js';
import type { Field } from '../../src/model/field.js';
import { dataTypes, decodedOf } from './fixture.js';

const RUNS = Number(process.env.OVERREACH_FUZZ ?? 400) * 4;

const leaf = (value: string): Field => ({
  path: 'body.$.list[0].text',
  part: 'body',
  keys: ['list', 'text'],
  value,
  kind: 'string',
  steps: ['json'],
  group: 1,
});

/** Words of texts and, now and then, something that is looked for, cut and joined in every way. */
const WORDS = fc.oneof(
  {
    weight: 50,
    arbitrary: fc.constantFrom(
      ...'The harbour was quiet when first boats came in 2019 Main Street room No 12 decade facade Mozilla Android harmony wi-fi zh-cn'.split(
        ' ',
      ),
      ...['雨停之后', '，', '。', '路', '市', '号', '12号', '北京市海淀区中关村大街', '京', '？', '“', 'ア', '한국', '电话'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...'13912345678 139-1234-5678 11010519491231002X 京A12345 a@example.com 192.168.1.7 dead:beef:: com.tencent.mm in.Then'.split(' '),
      ...'31.2304,121.4737 -abcdefabcdef 1.2.3.4 A1B2C3 1080x2400 Mozilla/5.0 6222021234567890123 ８６ 8888 5678 - . \u3000 \u00a0'.split(
        ' ',
      ),
    ),
  },
);
const SIGNS = fc.constantFrom(' ', ' ', ' ', ' ', ' ', ' ', ', ', '; ', '. ', ': ', '\n', '! ', '? ', ' (', ') ', '"', "'", ' - ', '');
const TEXTS = fc.array(fc.tuple(WORDS, SIGNS), { minLength: 10, maxLength: 40 }).map((parts) => parts.flat().join('').trim());

describe('running text', () => {
  it('is what people write, in either language', () => {
    const english = 'In 2019 the harbour was quiet when the first boats came back; nobody asked: "How was the night for you?"';
    const chinese = '雨停之后，山路上的行人渐渐多了起来，茶馆门口的灯也一盏一盏亮了。'.repeat(3);
    expect([english.replace('In 2019', 'Then'), chinese, `${english} ${english}`].map(isProse)).toEqual([true, true, true]);
  });

  it('is no text with a number, an address or a sign of an identifier in it, and none that is short', () => {
    const text = 'The harbour was quiet when the first boats came back, and nobody asked what the night had been like. '.repeat(3).trim();
    const inside = ['139 1234 5678', 'a@b.cn', 'a/b', 'x=1', '1.5', 'com.example', '京A', 'decade-abcdefabcdef', '50%', 'a_b', '{'];
    expect(inside.filter((piece) => isProse(`${text} ${piece} ${text}`))).toEqual([]);
    expect([text.slice(0, 80), `${text} `, `　${text}`, ''].map(isProse)).toEqual([false, false, false, false]);
    // A street and its number, and a Chinese address without the end of a sentence.
    const street = 'Apartment 12, the old house behind the harbour, Main Street, Springfield, where the owner lives';
    expect([isProse(street), isProse('北京市海淀区中关村大街二十七号楼三单元'.repeat(5)), isProse(street.replace('12', ''))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is nothing that anybody would read without a name, whatever stands in it', () => {
    const types = new Map(dataTypes.map((type) => [type.id, type]));
    const patterns = new PatternDetector(dataTypes);
    expect(patterns.readsProse).toBe(false);
    let met = 0;
    fc.assert(
      fc.property(TEXTS, (text) => {
        if (!isProse(text)) return;
        met++;
        const field = leaf(text);
        const shape = shapeOf(text);
        const around = decodedOf([field]);
        expect(patterns.read(field, [], around, shape)).toEqual([]);
        expect(readEmbedded(field, around, types, shape)).toEqual([]);
        expect(mayBeFollowed(field)).toBe(false);
        expect(composites.filter(({ triggers, prose }) => prose !== true && triggers?.(field, false) === true)).toEqual([]);
        for (const [id, { prose, fits, alone, check }] of validators)
          if (prose === false && fits(shape) && alone?.(shape) !== false) expect(check(text), id).toBeNull();
      }),
      { numRuns: RUNS },
    );
    expect(met).toBeGreaterThan(RUNS / 20);
  });

  it('is still read under a name that speaks for a type', () => {
    const detector = createDetector({ dataTypes });
    const text = 'Twenty-seven Harbour Street, the yellow house behind the church, third floor, Springfield, Old Country';
    expect(isProse(text)).toBe(true);
    const found = detector.detect(decodedOf([{ ...leaf(text), keys: ['chat_message'], path: 'body.$.chat_message' }]));
    expect(found.map(({ dataType }) => dataType)).toContain('chat_content');
    expect(detector.detect(decodedOf([leaf(text)]))).toEqual([]);
  });
});
