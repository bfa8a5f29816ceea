import type { Issue, VerdictName } from '../model/finding.js';
import type { Party } from '../model/party.js';
import type { Check, DataType, Family } from '../model/rulebook.js';
import type { Subject } from '../model/session.js';
import type { Bilingual } from '../model/text.js';
import type { Facts } from './facts.js';

/** Everything a check may look at. */
export interface CheckInput {
  readonly facts: Facts;
  /** The server answered it; the app did not send it. */
  readonly answered: boolean;
  readonly dataType: DataType;
  readonly family: Family | null;
  readonly party: Party;
  readonly verdict: VerdictName;
  readonly subject: Subject;
  /** The check's own data: severity, clause, settings. */
  readonly check: Check;
  /** Names of the codes that addresses are registered under. */
  readonly places: Readonly<Record<string, Bilingual>>;
}

/** Pure. @returns what was seen, in both languages and without accusation; null when there is nothing to say. */
export type CheckFunction = (input: CheckInput) => Bilingual | null;

/** Technical data types are passed over unless the check names them: a User-Agent before consent is how the web works. */
export function coversType(check: Check, dataType: DataType): boolean {
  const scope = check.scope ?? {};
  if (dataType.technical && !scope.alsoTechnical?.includes(dataType.id)) return false;
  if (scope.exceptDataTypes?.includes(dataType.id)) return false;
  if (scope.dataTypes === undefined && scope.families === undefined) return true;
  return (scope.dataTypes?.includes(dataType.id) ?? false) || (scope.families?.includes(dataType.family) ?? false);
}

/**
 * Whether the check speaks of such data and such a receiver at all. The phone's own services are passed over because the phone
 * may be who sent it; where something tells that the app did, they are a receiver like any other, as they are to the verdict.
 */
export function isInScope({ facts, check, dataType, party }: CheckInput): boolean {
  const { purpose } = party;
  if (purpose !== null && check.scope?.exceptPurposes?.includes(purpose) && !(purpose === 'os' && facts.attributed)) return false;
  return coversType(check, dataType);
}

/** @returns what the check has to say of this finding; null: nothing. */
export function issueOf(input: CheckInput, look: CheckFunction): Issue | null {
  if (!isInScope(input) || (input.answered && input.check.answers !== true)) return null;
  const text = look(input);
  return text === null ? null : { check: input.check.id, severity: input.check.severity, clause: input.check.clause, text };
}
