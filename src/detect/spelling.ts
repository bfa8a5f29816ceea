/**
 * Dictionary keys with alternatives. What an app calls the version of the system is one of few nouns, one of few words for a version
 * and perhaps a word for the writing; the rule file says so once: `os|sys|system version|ver int|code|`. An empty alternative may be
 * left out.
 */

/**
 * @param key as written in a rule file; blanks part words, `|` parts the alternatives of a word.
 * @returns every spelling, in the order written; a key without alternatives is its own.
 */
export function spellingsOf(key: string): readonly string[] {
  if (!key.includes('|')) return [key];
  let spellings = [''];
  for (const word of key.split(' ')) {
    const alternatives = word.split('|');
    spellings = spellings.flatMap((start) => alternatives.map((each) => (start === '' || each === '' ? start + each : `${start} ${each}`)));
  }
  return spellings.filter((spelling) => spelling !== '');
}
