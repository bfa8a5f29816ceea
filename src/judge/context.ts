import type { Category, DataType } from '../model/rulebook.js';
import type { Bilingual } from '../model/text.js';

/** Answered yes: the app is for drivers, couriers, merchants, doctors; art. 3 covers consumer-side users only. */
export const SUPPLY_SIDE = 'supply_side';

const LEGAL_BASIS = 'legal_basis_';

/** Answered yes: another law or rule provides for this data type, and prevails (art. 2). */
export function legalBasisId(dataType: string): string {
  return LEGAL_BASIS + dataType;
}

/** Something only the tester can say, answered yes or no by `--context ID=yes` or in the page. */
export interface ContextQuestion {
  readonly id: string;
  readonly kind: 'condition' | 'supply_side' | 'legal_basis';
  readonly text: Bilingual;
}

/**
 * Every question that the judge understands for these categories: the conditions of their lists in the order of the text, then
 * whether the app is supply-side, then a legal basis for each data type given.
 */
export function contextQuestions(categories: readonly Category[], dataTypes: readonly DataType[]): readonly ContextQuestion[] {
  const conditions = categories
    .flatMap((category) => category.items ?? [])
    .flatMap((item) => [...(item.condition === null ? [] : [item.condition]), ...Object.values(item.fieldConditions)]);
  return [
    ...[...new Map(conditions.map((condition) => [condition.id, condition])).values()].map(
      ({ id, text }): ContextQuestion => ({ id, kind: 'condition', text }),
    ),
    {
      id: SUPPLY_SIDE,
      kind: 'supply_side',
      text: {
        zh: '这是供给侧用户（司机、骑手、商家、医生等）使用的App（第三条，不在本规定范围内）',
        en: 'The app is for supply-side users such as drivers, couriers, merchants or doctors (art. 3: out of scope)',
      },
    },
    ...dataTypes.map(
      (dataType): ContextQuestion => ({
        id: legalBasisId(dataType.id),
        kind: 'legal_basis',
        text: {
          zh: `收集「${dataType.name.zh}」另有法律、行政法规、部门规章或规范性文件的规定（第二条）`,
          en: `Another law or rule provides for collecting "${dataType.name.en}" (art. 2)`,
        },
      }),
    ),
  ];
}
