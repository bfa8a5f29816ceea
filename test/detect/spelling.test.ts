import { describe, expect, it } from 'vitest';
import { spellingsOf } from '../../src/detect/spelling.js';

describe('spellingsOf', () => {
  it('is the key itself where nothing is left open', () => {
    expect(spellingsOf('android id')).toEqual(['android id']);
  });

  it('takes each word in every alternative, in the order written', () => {
    expect(spellingsOf('os|system version|ver')).toEqual(['os version', 'os ver', 'system version', 'system ver']);
  });

  it('leaves out what may be left out, wherever it stands', () => {
    expect(spellingsOf('os version code|')).toEqual(['os version code', 'os version']);
    expect(spellingsOf('device|| id')).toEqual(['device id', 'id', 'id']);
    expect(spellingsOf('|')).toEqual([]);
  });
});
