import { expect, test } from 'vitest';
import { printable } from '../../src/cli/terminal.js';
import { visible as onPage } from '../../src/live/page/format.js';
import { showUnseen } from '../../src/model/unseen.js';
import { visible as inReport } from '../../src/report/visible.js';

const HIDDEN = '\u202e\u200b\u00ad\u034f\u180e\ufe0f\u3164\u115f\u2800\u2028\ud800\u{e0061}\u{e0100}\u0000\u001b\u009b';

test('what is not seen is shown by its code point, but for what may stay', () => {
  expect(showUnseen('a\u200bb\tc\n\u{e0061}', '\t', (code) => `<${code}>`)).toBe('a<200B>b\tc<000A><E0061>');
  expect(showUnseen('中文 ünï 😀', '', () => '!')).toBe('中文 ünï 😀');
});

test('incident: letters that no font draws were shown in the page, and hid in names in report and terminal', () => {
  for (const character of HIDDEN)
    for (const shown of [onPage, inReport, printable])
      expect([shown.name, shown(`a${character}b`)]).toEqual([shown.name, expect.stringMatching(/^a[ -~⟨⟩]+b$/)]);
});
