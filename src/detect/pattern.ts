import { RuleError } from '../errors.js';
import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { Grade, TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { isOthersOpenId } from './account.js';
import { authorLine, isOfAuthor } from './authors.js';
import { unbranded } from './branded.js';
import { type Candidate, evidenceAt, weaker } from './candidate.js';
import { isCompound } from './compound.js';
import { isDemo } from './demo-value.js';
import { digestForm, isDigestible, isEncrypted, isMasked } from './disguise.js';
import { type Doubt, doubtLine, doubtsOf, type Reading } from './doubts.js';
import type { Told } from './endpoint.js';
import { identifies, isFiller, isNobodys, isTyped, isUntold } from './filler.js';
import { fixedMeaningAt } from './fixed-meaning.js';
import { wholeNumber } from './java-double.js';
import { type KeyMatch, leafName, leafWords, tokensOf, writingOf } from './keys.js';
import {
  digestLine,
  drawnLine,
  encryptedLine,
  keyLine,
  keyOnlyLine,
  maskedLine,
  placeholderLine,
  suffixLine,
  type Tested,
  testLine,
  typedLine,
  unkeyedLine,
} from './pattern-lines.js';
import { isAbsent, isPlaceholder, placeholderDigest } from './placeholder.js';
import { ANY_DEVICES } from './repeated.js';
import { shapeOf, type ValueShape } from './shape.js';
import { checkSimSlots } from './sim-slots.js';
import { isDrawnUuid } from './uuid.js';
import { type Passed, type Validator, validators } from './validator.js';
import { visible } from './visible.js';

/** A data type with its rule made ready to run. */
interface Rule {
  readonly type: DataType;
  readonly shape: RegExp | null;
  readonly validator: Validator | null;
  readonly doubts: readonly Doubt[];
  /** Names that the type refuses, as words without what parts them. */
  readonly refused: ReadonlySet<string>;
  /** Whether a phone has more than one, and a field may hold them all. */
  readonly several: boolean;
}

/**
 * Names of numbers that identify an event, a version or a moment. Without a key of its own no value below such a name is called
 * personal data: order numbers, trace ids and clocks pass most number tests (collision table, facts section 3.5).
 */
const EVENT_WORDS = new Set(
  'order trade trace span request nonce sign signature sig ts timestamp time date version ver seq sequence etag hash checksum token session event log tid msgid message build crc page offset size length count total price amount duration start end expire expires latency cost code status example examples placeholder sample'.split(
    ' ',
  ),
);

/** An e-mail address of six characters is the shortest value that any keyless test takes. */
export const SHORTEST_KEYLESS = 6;
const NONE: readonly Candidate[] = [];
const NO_RULES: readonly Rule[] = [];

/** Forms of numbers remembered: real traffic has some hundreds. */
const FORMS = 4_096;

/** Judges single fields by name and value. Pure. */
export class PatternDetector {
  readonly #rules = new Map<string, Rule>();
  readonly #keyless: Rule[] = [];
  /** Whether any of those may take running text (`isProse`). */
  readonly readsProse: boolean;
  /** Form of a number -> `#fitting` of it. */
  readonly #forms = new Map<number, readonly Rule[]>();

  /** @throws RuleError when a rule names a validator that does not exist: passing it over would call every value of that name a find. */
  constructor(dataTypes: readonly DataType[]) {
    for (const type of dataTypes) {
      const { shape, validator, withoutKey, notKeys } = type.detect;
      const rule: Rule = {
        type,
        shape: shape === null ? null : new RegExp(shape, 'iu'),
        validator: validator === null ? null : validatorOf(type.id, validator),
        doubts: doubtsOf(type),
        refused: new Set(notKeys.map((key) => leafName([key]))),
        several: type.identifier === 'immutable' || type.family === 'phone',
      };
      this.#rules.set(type.id, rule);
      if (withoutKey !== null && rule.validator !== null) this.#keyless.push(rule);
    }
    this.readsProse = this.#keyless.some((rule) => rule.validator?.prose !== false);
  }

  /**
   * Readings of one field, keyed ones first; a field whose name decides is not tested further.
   * @param known shape of the field's value, where it has been taken already.
   */
  read(field: Field, matches: readonly KeyMatch[], decoded: Decoded, known?: ValueShape): readonly Candidate[] {
    const value = field.kind === 'number' ? wholeNumber(field.value.trim()) : visible(field.value);
    if (field.kind === 'null') return NONE;
    // Nothing is told by the value alone in fewer characters; most fields end here.
    if (matches.length === 0 && (value.length < SHORTEST_KEYLESS || field.kind === 'boolean' || field.kind === 'binary')) return NONE;
    const shape = known !== undefined && value.length === field.value.length ? known : shapeOf(value);
    if (matches.length === 0 && this.#fitting(shape).length === 0) return NONE;
    if (isAbsent(value)) return NONE;
    const found: Candidate[] = [];
    for (const named of matches) {
      // What was digested or enciphered is of the type that the name means: no test can say that it was another.
      if (named.weak && named.form !== null && matches.some(({ key, weak }) => key === named.key && !weak)) continue;
      const match = unbranded(field, named);
      const rule = this.#rules.get(match.type.id);
      const candidate = rule === undefined ? null : this.#keyed(field, value, shape, rule, match, decoded);
      if (candidate) found.push(candidate);
    }
    if (field.kind === 'boolean' || field.kind === 'binary' || field.opened) return found;
    if (found.some(({ evidence }) => evidence.grade === 'strong' || evidence.grade === 'probable')) return found;
    if (value.length >= SHORTEST_KEYLESS)
      this.#unkeyed(
        field,
        value,
        this.#fitting(shape),
        decoded,
        found,
        matches.some(({ whole }) => whole === true),
      );
    return found;
  }

  /** Whether the value of a number, or of a text of digits, may give a reading without a name. */
  mayReadNumber({ value, kind }: Field): boolean {
    const number = kind === 'number' ? wholeNumber(value.trim()) : value;
    if (number.length < SHORTEST_KEYLESS) return false;
    for (const { validator } of this.#fitting(shapeOf(number))) {
      const passed = validator?.check(number) ?? null;
      if (passed !== null && passed.passRate <= limits.cluePassRate) return true;
    }
    return false;
  }

  /** Whether any value of this one's form is worth a test without a name. */
  fitsUnnamed(value: string): boolean {
    return this.#fitting(shapeOf(value)).length > 0;
  }

  /** The reading that a vendor's interface gives a field, if the value agrees; null sends the field back to the dictionary. */
  readTold(field: Field, type: DataType, { shape, field: told, line }: Told, decoded: Decoded): Candidate | null {
    const value = visible(field.value);
    const rule = this.#rules.get(type.id);
    if (field.kind === 'null' || isAbsent(value) || rule === undefined) return null;
    const key = told.key ?? told.path ?? '';
    if (shape === null) {
      const match: KeyMatch = { type, weak: false, reach: 'full', key, form: null };
      return this.#keyed(field, value, shapeOf(value), rule, match, decoded, line);
    }
    if (value.length > limits.fieldText || !shape.test(value) || isUntold(field, value, type)) return null;
    // 16 hex digits are an Android ID as it is, and a digest where the type is never written so, or the name says it: `gidmd5`.
    const isNamedDigest = ![null, 'encrypted'].includes(writingOf(field.keys[field.keys.length - 1] ?? ''));
    const digest = isDigestible(type) && (isNamedDigest || this.#test(rule, value, shapeOf(value)) === null) ? digestForm(value) : null;
    const evidence = evidenceAt(field, decoded.direction, decoded.message, {
      dataType: type.id,
      grade: 'probable',
      detector: 'pattern',
      form: digest ?? 'plain',
      value,
      span: null,
      placeholder: isNobodys(value, type) || (identifies(type) && placeholderDigest(value) !== null),
      trace: [line, testLine({ passed: SHAPED, by: 'shape' }), ...(isTyped(value, type) ? [typedLine] : [])],
    });
    return { evidence, passRate: 1, keyLength: key.length, preference: 0 };
  }

  #test(rule: Rule, value: string, shape: ValueShape): Tested | null {
    if (rule.validator?.fits(shape)) {
      const passed = rule.validator.check(value);
      if (passed) return { passed, by: 'validator' };
    }
    const slots = rule.several ? checkSimSlots(rule.type.id, rule.validator, value) : null;
    if (slots !== null) return { passed: slots, by: 'validator' };
    if (rule.shape !== null && value.length <= limits.fieldText && rule.shape.test(value)) return { passed: SHAPED, by: 'shape' };
    return null;
  }

  #keyed(
    field: Field,
    value: string,
    shape: ValueShape,
    rule: Rule,
    match: KeyMatch,
    decoded: Decoded,
    named?: TraceLine,
  ): Candidate | null {
    const { type } = rule;
    const { withKey } = type.detect;
    if (withKey === null || isFiller(field, value, type)) return null;
    const trace: TraceLine[] = [named ?? keyLine(match, field)];
    const make = (grade: Grade, form: string | null, placeholder: boolean, passRate: number, detector: 'pattern' | 'key'): Candidate => ({
      evidence: evidenceAt(field, decoded.direction, decoded.message, {
        dataType: type.id,
        grade,
        detector,
        form,
        value,
        span: null,
        placeholder,
        trace,
      }),
      passRate,
      keyLength: match.key.length,
      match,
      preference: match.weak ? 1 : 0,
    });

    // `zip_md5` is the digest of an archive, `hashed_zip` that of a postcode.
    const digested = match.context === undefined && (!match.weak || isDigestible(type) || leafWords(field.keys).includes('hashed'));
    if (match.form !== null && match.form !== 'encrypted' && digested) {
      const form = digestForm(value);
      if (form !== null) {
        const empty = placeholderDigest(value);
        trace.push(digestLine(match.form === 'hash' ? form : match.form, empty));
        const typed = isDemo(value);
        if (typed) trace.push(typedLine);
        // The digest of what is a clue only tells no more than that.
        return make(weaker(withKey, 'probable'), match.form === 'hash' ? form : match.form, empty !== null || typed, 1, 'pattern');
      }
    }
    if (match.form === 'encrypted' && match.context === undefined && isEncrypted(value)) {
      trace.push(encryptedLine);
      return make('probable', 'encrypted', false, 1, 'pattern');
    }

    const untested = rule.validator === null && rule.shape === null;
    if (untested) {
      // Lists and pictures are read by the composites; one word below such a name is a setting (`calendar: gregorian`).
      if (type.detectable === 'container') return null;
      // A name alone: only where it can mean one thing, and never for a flag (`phone: true`) or a mere counter.
      if (
        (match.weak && match.context !== true) ||
        match.reach === 'suffix' ||
        field.kind === 'boolean' ||
        /^(?:true|false|on|off|yes|no|enabled?|disabled?|-?[0-9])$/i.test(value)
      )
        return null;
      trace.push(keyOnlyLine);
      if (match.context === true) return make('candidate', 'plain', false, 1, 'key');
      return make(withKey === 'strong' ? 'probable' : withKey, 'plain', isNobodys(value, type), 1, 'key');
    }

    const tested = this.#test(rule, value, shape);
    if (tested === null) return isSealersCode(field, match, decoded) ? null : this.#untrue(field, value, type, match, trace, make);
    const { passed, by } = tested;
    const placeholder = passed.placeholder || isNobodys(value, type);
    trace.push(testLine(tested));
    if (isTyped(value, type)) trace.push(typedLine);
    let grade: Grade = withKey;
    if (grade === 'strong' && (by === 'shape' || passed.passRate >= limits.strongPassRate)) grade = 'probable';
    // A number is no language.
    if (type.id === 'locale_timezone' && /lang|locale/.test(match.key) && /^[+-]?\d+(?:\.\d+)?$/.test(value)) return null;
    if (match.weak) grade = weaker(grade, 'probable');
    const reading: Reading = { field, value, type, match, passRate: passed.passRate, by };
    for (const doubt of rule.doubts) {
      if (!doubt.holds(reading)) continue;
      grade = weaker(grade, 'candidate');
      trace.push(doubtLine(doubt));
    }
    if (match.reach === 'suffix') {
      trace.push(suffixLine);
      const particular = !match.weak && (type.identifier !== null || (by === 'validator' && passed.passRate <= 0.1));
      const proven = passed.passRate <= 1e-3 && by === 'validator';
      grade = weaker(grade, particular || proven || isCompound(reading) ? 'probable' : 'candidate');
    }
    return make(grade, 'plain', placeholder, passed.passRate, 'pattern');
  }

  /** A name that says one thing and a value that is none: a digest, a placeholder, a masked or encrypted form, or nothing. */
  #untrue(
    field: Field,
    value: string,
    type: DataType,
    match: KeyMatch,
    trace: TraceLine[],
    make: (grade: Grade, form: string | null, placeholder: boolean, passRate: number, detector: 'pattern' | 'key') => Candidate,
  ): Candidate | null {
    const described = fixedMeaningAt(match, field, value);
    if (described !== null) {
      trace.push(described.line);
      return make('probable', 'plain', described.placeholder, 1, 'key');
    }
    if (match.weak || !isDigestible(type) || (type.id === 'wechat_id' && isOthersOpenId(match.key, value))) return null;
    if (match.reach === 'full' && isOfDevice(type) && isDrawnUuid(value)) {
      trace.push(drawnLine);
      const made = make('probable', 'plain', isNobodys(value, type), 1, 'pattern');
      // The same value may stand under a name that says which it is.
      return { ...made, match: { ...match, weak: true }, evidence: { ...made.evidence, dataType: ANY_DEVICES } };
    }
    if (identifies(type) && isPlaceholder(value) && match.reach === 'full') {
      trace.push(placeholderLine);
      return make('probable', 'plain', true, 1, 'pattern');
    }
    const form = digestForm(value);
    if (form !== null) {
      const empty = placeholderDigest(value);
      trace.push(digestLine(form, empty));
      const typed = isDemo(value);
      if (typed) trace.push(typedLine);
      return make(
        match.reach === 'full' && !isAuthenticationCode(match) ? 'probable' : 'candidate',
        form,
        empty !== null || typed,
        1,
        'pattern',
      );
    }
    if (isMasked(value)) {
      trace.push(maskedLine);
      return make('candidate', 'masked', false, 1, 'pattern');
    }
    if (match.reach === 'full' && isEncrypted(value)) {
      trace.push(encryptedLine);
      return make('candidate', 'encrypted', false, 1, 'pattern');
    }
    return null;
  }

  /** Rules worth their test without a name. For numbers, which are most of what comes here, they are remembered by the form. */
  #fitting(shape: ValueShape): readonly Rule[] {
    const { length, first, digits, letters, hexLetters, han, other } = shape;
    const signs = Number(shape.dot) | (Number(shape.colon) << 1) | (Number(shape.dash) << 2) | (Number(shape.comma) << 3);
    // Numbers with their signs; of hexadecimal ones the digits tell how many letters there are.
    if (letters + han + other > 0 || shape.at || length > 63 || first > 127 || (hexLetters > 0 && signs !== 0))
      return this.#fittingOf(shape);
    const form = (first << 17) | (Number(hexLetters > 0) << 16) | (signs << 12) | (digits << 6) | length;
    let rules = this.#forms.get(form);
    if (rules === undefined) {
      rules = this.#fittingOf(shape);
      if (this.#forms.size >= FORMS) this.#forms.clear();
      this.#forms.set(form, rules);
    }
    return rules;
  }

  #fittingOf(shape: ValueShape): readonly Rule[] {
    let rules: Rule[] | null = null;
    for (const rule of this.#keyless) {
      if (rule.validator === null || !fitsAlone(rule.validator, shape)) continue;
      rules ??= [];
      rules.push(rule);
    }
    return rules ?? NO_RULES;
  }

  #unkeyed(field: Field, value: string, rules: readonly Rule[], decoded: Decoded, found: Candidate[], told: boolean): void {
    const own = field.keys[field.keys.length - 1];
    for (const rule of rules) {
      if (rule.validator === null) continue;
      const passed = rule.validator.check(value);
      if (!passed) continue;
      const declared = rule.type.detect.withoutKey ?? 'candidate';
      if (declared !== 'candidate' && passed.passRate >= limits.strongPassRate) continue;
      // A clue that one random number in five gives is none: IMEISV, foreign IMSI, hex without separators.
      if (passed.passRate > limits.cluePassRate) continue;
      if (own !== undefined && rule.refused.size > 0 && rule.refused.has(leafName([own]))) continue;
      const event = own !== undefined && tokensOf(own).some((word) => EVENT_WORDS.has(word));
      // Among numbers of events even a one-in-250,000 test will hit sooner or later.
      const isAuthors = rule.type.id === 'email' && isOfAuthor(field.keys);
      const grade = event || isAuthors ? 'candidate' : declared;
      // A name that means one thing leaves no room for a clue to another.
      if (told && grade === 'candidate') continue;
      found.push({
        evidence: evidenceAt(field, decoded.direction, decoded.message, {
          dataType: rule.type.id,
          grade,
          detector: 'pattern',
          form: 'plain',
          value,
          span: null,
          placeholder: passed.placeholder,
          trace: [unkeyedLine(event), testLine({ passed, by: 'validator' }), ...(isAuthors ? [authorLine] : [])],
        }),
        passRate: passed.passRate,
        keyLength: 0,
        preference: 2,
      });
    }
  }
}

/** Whether a value that nothing names is worth the test. */
function fitsAlone(validator: Validator, shape: ValueShape): boolean {
  return validator.fits(shape) && (validator.alone === undefined || validator.alone(shape));
}

/** Messages carry a MAC of their own (RFC 2104): a digest under that name is an address only where a device is described. */
function isAuthenticationCode({ key }: KeyMatch): boolean {
  return key === 'mac';
}

/** What a device is numbered by, without its advertising: apps on iOS, which tells none of it, put a UUID of theirs under these names. */
function isOfDevice({ family, identifier }: DataType): boolean {
  return family === 'device_id' && identifier !== null;
}

/** `{ iv, value, mac }`: what a server enciphered for itself, with the code of the message (the encrypter of Laravel). Of bodies the first two may be left out as idle. */
function isSealersCode(field: Field, match: KeyMatch, { fields }: Decoded): boolean {
  if (!isAuthenticationCode(match) || field.part === 'body' || field.keys.length < 2) return false;
  const beside = new Set(fields.flatMap(({ group, keys }) => (group === field.group ? [leafName(keys)] : [])));
  return beside.has('iv') && beside.has('value');
}

function validatorOf(id: string, name: string): Validator {
  const validator = validators.get(name);
  if (validator === undefined)
    throw new RuleError(`rules/data-types/${id}.yaml`, null, 'detect.validator', {
      zh: `没有校验器“${name}”；现有：${[...validators.keys()].join('、')}`,
      en: `no validator "${name}"; there are ${[...validators.keys()].join(', ')}`,
    });
  return validator;
}

const SHAPED: Passed = {
  normalised: '',
  placeholder: false,
  passRate: 1,
  note: { zh: '值符合该类型的写法', en: 'the value is written like this type' },
};
