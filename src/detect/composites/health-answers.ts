import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords } from '../keys.js';

/**
 * The answers of somebody who declares how they are: `{ fever: 0, family_health: 1, covid: 0 }`. Each name alone is a game's, a server's or a
 * switch's as well; three questions of the kind in one object, one of them about a complaint of the body, are asked of a person. That the
 * answer is no says something of a person's health, too.
 */
const QUESTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fever: 'fever feverish fevers 发热 发烧',
    cough: 'cough coughing 咳嗽',
    symptom: 'symptom symptoms 症状',
    epidemic: 'covid covid19 ncov coronavirus 新冠',
    diagnosis: 'diagnosed diagnosis 确诊 感染',
    health: 'health healthy 健康',
    isolation: 'isolation isolated quarantine quarantined 隔离',
    vaccination: 'vaccine vaccination vaccinated 疫苗',
    test: 'nucleic antigen 核酸',
    temperature: 'temperature temp 体温',
  }).flatMap(([question, words]) => words.split(' ').map((word) => [word, question] as const)),
);
/** What a body complains of, and nothing else does. */
const COMPLAINTS = new Set(['fever', 'cough']);
/** Machines have symptoms, which are diagnosed and tested; people alone are asked of these beside them. */
const OF_PEOPLE = new Set(['epidemic', 'vaccination']);
/** Questions whose answer is a state of health; the others are what was done, and a temperature has a test of its own. */
const STATES = new Set(['fever', 'cough', 'symptom', 'epidemic', 'diagnosis', 'health']);
const FEWEST = 3;
/** Words that may stand with them; any other makes a name of something else of it (`symptom_checker`, `covid_banner`). */
const ASIDE =
  /^(?:is|has|have|had|any|my|self|own|family|household|relative|village|community|today|recent|day|days|state|status|condition|list|in|of|with|and|\d{1,2}|seven|fourteen|fifteen)$/;
/** Yes, no and how much, or what is said in Chinese. */
const ANSWER = /^(?:[0-3]|true|false|yes|no|[YN]|[\u3400-\u9fff][\u3400-\u9fff0-9，、。；,.]{0,39})$/i;
const LONGEST = 40;
const SHORTEST_SENTENCE = 4;
const HAN = /^[\u3400-\u9fff]+$/;
const CHINESE = [...QUESTIONS].filter(([word]) => HAN.test(word));
/** Whatever else has symptoms and is diagnosed. */
const OF_THING = /设备|故障|机器|电脑|电池|系统|车辆|宠物|植物|作物|宝贝|病毒库/;

export const composite: Composite = {
  spares: true,
  named: (keys) => questionOf(keys) !== null,
  triggers: (field, named) => named && isAnswer(field),
  find(scope) {
    const sure = surePaths(scope.candidates);
    return [...scope.groups.values()].flatMap((fields): CompositeFinding[] => {
      const asked = fields.flatMap((field) => {
        const question = isAnswer(field) ? questionOf(field.keys) : null;
        return question === null ? [] : [{ field, question }];
      });
      const questions = new Set(asked.map(({ question }) => question));
      if (questions.size < FEWEST || !areOfPerson(questions)) return [];
      return asked.filter(({ field, question }) => STATES.has(question) && !sure.has(field.path)).map(({ field }) => finding(scope, field));
    });
  },
};

function areOfPerson(questions: ReadonlySet<string>): boolean {
  const asked = [...questions];
  return (
    asked.some((question) => COMPLAINTS.has(question)) || (questions.has('symptom') && asked.some((question) => OF_PEOPLE.has(question)))
  );
}

function isAnswer({ part, kind, value }: Field): boolean {
  return (part === 'body' || part === 'query') && kind !== 'binary' && value.length <= LONGEST && ANSWER.test(value);
}

/** What is asked in a sentence of Chinese, which parts no words: `本人是否感染`, `是否有以下症状`. */
function askedIn(sentence: string): string | undefined {
  if (sentence.length < SHORTEST_SENTENCE || sentence.length > LONGEST || !HAN.test(sentence) || OF_THING.test(sentence)) return undefined;
  return CHINESE.find(([word]) => sentence.includes(word))?.[1];
}

/** What is asked under a name, or null. */
function questionOf(keys: readonly string[]): string | null {
  let found: string | null = null;
  for (const word of leafWords(keys)) {
    const question = QUESTIONS.get(word) ?? askedIn(word);
    if (question !== undefined) found = found === null || found === 'health' ? question : found;
    else if (!ASIDE.test(word)) return null;
  }
  return found;
}

function finding({ decoded }: CompositeScope, field: Field): CompositeFinding {
  return { candidate: readTogether(decoded, field, 'medical_condition', line), absorbs: [] };
}

const line = {
  rule: 'health-answers',
  text: {
    zh: '同一对象内有至少三项健康申报的问答，其中有症状',
    en: 'the object answers at least three questions of a health declaration, one of them about a symptom',
  },
} as const;
