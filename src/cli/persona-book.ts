import { createKnownValues } from '../detect/known-values.js';
import { mask } from '../detect/mask.js';
import { shapeOf } from '../detect/shape.js';
import { createTagger } from '../detect/tag.js';
import { validators } from '../detect/validator.js';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { PersonaBook, PersonaChange, PersonaShown } from '../live/index.js';
import type { DataType, Rulebook } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import type { Bilingual } from '../model/text.js';
import type { KnownValues, Store } from '../store/index.js';

/** What is known of one session's test person. */
export interface Known {
  readonly persona: Persona | null;
  /** Values that were known during the session may be missing (`AuditSetup.partial`). */
  readonly partial: boolean;
  readonly source: PersonaShown['source'];
}

export interface PersonaBookOptions {
  readonly store: Pick<Store, 'knownValues' | 'keepKnownValues'>;
  /** The rules in force now. */
  readonly rulebook: () => Pick<Rulebook, 'dataTypes'>;
  /** The installation's secret: equal values, equal tags. */
  readonly tagKey: Uint8Array;
  /** Id of the session that is recorded now, or was last. */
  readonly running: () => string;
  /** Whether this program recorded it: then the persona file is of its test person. */
  readonly ours: (session: string) => boolean;
  readonly file: Persona | null;
  /** Tells the running audit. */
  readonly know: (persona: Persona | null) => Promise<unknown>;
}

const NOBODY: Persona = { values: {}, salts: [], keys: [] };

const DOUBTS = {
  validator: {
    zh: '不符合该类型的校验规则（位数或校验位）。仍会照原样查找；请核对是否输错。',
    en: 'Does not pass the check of this type (length or check digit). It is looked for all the same; please see whether it is mistyped.',
  },
  shape: {
    zh: '与该类型的常见写法不同。仍会照原样查找；请核对是否输错。',
    en: 'Not written the way this type usually is. It is looked for all the same; please see whether it is mistyped.',
  },
  placeholder: {
    zh: '像是占位值（全 0、模拟器默认值等），很多流量里都会碰巧出现，不会查找。',
    en: 'Looks like a placeholder (all zeros, an emulator default). It would be met everywhere by chance and is not looked for.',
  },
} as const satisfies Record<string, Bilingual>;

/**
 * The known values of each session: from the persona file, and from the page once somebody changed them there. Salts and key hooks
 * are the file's alone; they count for the session that was started with it.
 */
export function createPersonaBook(options: PersonaBookOptions): PersonaBook & { readonly known: (session: string) => Known } {
  const { store, file } = options;
  const typesNow = () => new Map(options.rulebook().dataTypes.map((type) => [type.id, type]));
  const tagOf = createTagger(options.tagKey);

  function known(session: string): Known {
    const stored: KnownValues | null = store.knownValues(session);
    const own = options.ours(session) ? file : null;
    if (stored !== null) return { persona: { ...(own ?? NOBODY), values: stored.values }, partial: !stored.whole, source: 'page' };
    return { persona: own, partial: own === null, source: own === null ? 'none' : 'file' };
  }

  function shown(session: string): PersonaShown {
    const { persona, source } = known(session);
    const types = typesNow();
    const doubts = persona === null ? new Map<string, Bilingual>() : doubtsOf(persona, [...types.values()]);
    return {
      source,
      values: Object.entries(persona?.values ?? {}).map(([dataType, values]) => ({
        dataType,
        values: values.map((value, at) => ({
          tag: tagOf(dataType, value),
          masked: mask(types.get(dataType), value),
          note: doubts.get(`${dataType}[${at + 1}]`) ?? null,
        })),
      })),
      salts: persona?.salts.length ?? 0,
      keys: (persona?.keys.length ?? 0) + (persona?.modules?.length ?? 0),
    };
  }

  return {
    known,
    of: shown,
    async change(session, change) {
      const before = known(session);
      const values = changed(change, before.persona ?? NOBODY, typesNow(), tagOf);
      const persona = { ...(before.persona ?? NOBODY), values };
      const isRunning = session === options.running();
      store.keepKnownValues(session, { values, whole: isRunning || (before.source === 'page' && !before.partial) });
      if (isRunning) await options.know(persona);
      return shown(session);
    },
  };
}

/** @throws InputError `OVR_PERSONA_*` that names the type and never a value. */
function changed(
  change: PersonaChange,
  before: Persona,
  types: ReadonlyMap<string, DataType>,
  tagOf: (dataType: string, value: string) => string,
): Persona['values'] {
  const values = new Map<string, string[]>();
  let total = 0;
  for (const { dataType, values: entries } of change) {
    if (!types.has(dataType))
      throw new InputError('OVR_PERSONA_KEY', `There is no data type "${dataType}" in the rules in use.`, {
        next: 'Choose one that GET /api/rules lists.',
      });
    const list = values.get(dataType) ?? [];
    for (const entry of entries) {
      const value = 'value' in entry ? entry.value.trim() : before.values[dataType]?.find((one) => tagOf(dataType, one) === entry.keep);
      if (value === undefined)
        throw new InputError('OVR_PERSONA_STALE', `A value of "${dataType}" that was to be kept is no longer there.`, {
          next: 'Somebody else changed it meanwhile. Load the values again and repeat the change.',
        });
      if (value === '')
        throw new InputError('OVR_PERSONA_VALUE', `A value of "${dataType}" is empty.`, { next: 'Write the value, or take the line out.' });
      if (!list.includes(value)) list.push(value);
    }
    values.set(dataType, list);
    total += entries.length;
  }
  if (total > limits.personaValues)
    throw new InputError('OVR_PERSONA_SIZE', `More than ${limits.personaValues} values cannot be looked for.`, { next: 'Take some out.' });
  return Object.fromEntries(values);
}

/** By `type[ordinal]`: values that are looked for as they are, but hardly can be what the tester meant. */
function doubtsOf(persona: Persona, dataTypes: readonly DataType[]): Map<string, Bilingual> {
  const doubts = new Map<string, Bilingual>();
  const types = new Map(dataTypes.map((type) => [type.id, type]));
  for (const [id, values] of Object.entries(persona.values))
    for (const [at, value] of values.entries()) {
      const doubt = doubtOf(types.get(id), value);
      if (doubt !== null) doubts.set(`${id}[${at + 1}]`, doubt);
    }
  for (const name of createKnownValues({ ...persona, salts: [] }, dataTypes).extent.ignored) doubts.set(name, DOUBTS.placeholder);
  return doubts;
}

function doubtOf(type: DataType | undefined, value: string): Bilingual | null {
  if (type === undefined) return null;
  const { validator, shape } = type.detect;
  const test = validator === null ? undefined : validators.get(validator);
  if (test?.fits(shapeOf(value)) && test.check(value) !== null) return null;
  if (shape !== null && new RegExp(shape, 'iu').test(value)) return null;
  if (test !== undefined) return DOUBTS.validator;
  // How a list of messages or contacts is written says nothing of one of them.
  return shape === null || type.detectable === 'container' ? null : DOUBTS.shape;
}
