import { limits } from '../limits.js';
import type { DataType } from '../model/rulebook.js';
import { mask } from './mask.js';
import { createTagger } from './tag.js';

/** A value as reports may hold it: what of it may be seen, and what it can be followed by. */
export interface MaskedValue {
  readonly masked: string;
  readonly tag: string;
}

/**
 * Makes the function that tells how a value is shown. Events repeat what they say of the device and the account, and a mask and a digest
 * take longer than all else that is done with a find: at most `limits.maskedValuesKept` answers are remembered, for values no longer than
 * `limits.readingLength`.
 * @param tagKey secret of the installation, see `createTagger`.
 */
export function createMasker(types: ReadonlyMap<string, DataType>, tagKey: Uint8Array): (dataType: string, value: string) => MaskedValue {
  const tag = createTagger(tagKey);
  const remembered = new Map<string, MaskedValue>();
  return (dataType, value) => {
    const key = `${dataType} ${value}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const shown = { masked: mask(types.get(dataType), value), tag: tag(dataType, value) };
    if (value.length > limits.readingLength) return shown;
    // What is sent all the time is back at once; keeping order of use would cost each find more than that.
    if (remembered.size >= limits.maskedValuesKept) remembered.clear();
    remembered.set(key, shown);
    return shown;
  };
}
